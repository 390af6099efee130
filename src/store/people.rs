//! How an address or a reply token leads to a dispute.

use super::later::Write;
use super::question::Question;
use super::seal::Sealer;
use super::{Bound, Result, StoreError, Work, count, dispute_id, number, sql, text};
use crate::domain::{Address, Channel, Digest, Dispute, DisputeId, Instant, Participant, Role, Token};
use sqlx::any::AnyRow;

/// Most disputes that are listed for one address. A registrar takes part in every dispute, and no mail needs them all.
const MOST_OF_ONE_ADDRESS: i64 = 100;

impl Work {
    /// What `token` is bound to. A token ends with its dispute: look at [`Bound::open`].
    pub async fn by_token(&mut self, token: &Token) -> Result<Option<Bound>> {
        let question = by_token(&self.inner().sealer, token);
        self.ask_one(question)
            .await?
            .map(|row| {
                let channel = Channel::parse(&text(&row, 2)?).ok_or_else(|| StoreError::damaged("people.channel", ""))?;
                Ok(Bound { dispute: dispute_id(&row, 0)?, role: role(&row, 1)?, channel, open: number(&row, 3)? == 1 })
            })
            .transpose()
    }

    /// The disputes in which `address` is registered, in which role, and whether they are open: open ones first, then the youngest, at most 100.
    pub async fn by_address(&mut self, address: &Address) -> Result<Vec<(DisputeId, Role, bool)>> {
        let question = by_address(&self.inner().sealer, address);
        self.ask(question).await?.iter().map(|row| Ok((dispute_id(row, 0)?, role(row, 1)?, number(row, 2)? == 1))).collect()
    }

    /// The open disputes in which `address` is registered as a party, youngest first; `None` if there are more than `most`.
    pub async fn open_of(&mut self, address: &Address, most: usize) -> Result<Option<Vec<(DisputeId, Role)>>> {
        let question = open_of(&self.inner().sealer, address, most);
        let found: Vec<(DisputeId, Role)> = self.ask(question).await?.iter().map(|row| Ok((dispute_id(row, 0)?, role(row, 1)?))).collect::<Result<_>>()?;
        Ok((found.len() <= most).then_some(found))
    }

    /// How many disputes `address` opened as a consumer since then.
    pub async fn opened_by(&mut self, address: &Address, since: Instant) -> Result<u32> {
        let question = opened_by(&self.inner().sealer, address, since);
        count(&self.ask_sure(question).await?, 0)
    }

    /// Open disputes of which `address` is the merchant's and whose clock is due, the eldest first, at most `limit`.
    pub async fn due_with(&mut self, address: &Address, now: Instant, limit: u32) -> Result<Vec<DisputeId>> {
        let (connection, sealer) = self.parts().await?;
        let query = sqlx::query(sql::DUE_WITH).bind(address_index(sealer, address)).bind(now.micros()).bind(i64::from(limit));
        query.fetch_all(connection).await?.iter().map(|row| dispute_id(row, 0)).collect()
    }

    /// How many open disputes `address` mediates, or was named to mediate.
    pub async fn missions_open(&mut self, address: &Address) -> Result<u32> {
        let (connection, sealer) = self.parts().await?;
        let row = sqlx::query(sql::MISSIONS_OPEN).bind(address_index(sealer, address)).fetch_one(connection).await?;
        count(&row, 0)
    }

    /// Brings the rows of `dispute` in line with its participants, unless they are. A token or address that was replaced leads nowhere any more.
    pub(super) async fn save_people(&mut self, dispute: &Dispute) -> Result<()> {
        let traces = traces(dispute);
        if self.note_people(dispute.id, traces) == Some(traces) {
            return Ok(());
        }
        for role in Role::ALL {
            match dispute.participant(role) {
                Some(person) => self.save_person(dispute, role, person).await?,
                None if dispute.version == 1 => {}
                None => {
                    for statement in [sql::PERSON_DELETE, sql::SEATS_DELETE, sql::CONTACTS_DELETE] {
                        self.later(Write::new(statement).bind(dispute.id.hex()).bind(role.name())).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn save_person(&mut self, dispute: &Dispute, role: Role, person: &Participant) -> Result<()> {
        let inner = self.inner();
        let sealer = &inner.sealer;
        let save = Write::new(sql::PERSON_SAVE).bind(dispute.id.hex()).bind(role.name()).bind(address_index(sealer, &person.address));
        let save = save.bind(token_index(sealer, &person.token)).bind(person.channel.name()).bind(standing(dispute)).bind(dispute.opened.micros());
        self.later(save).await?;
        for seat in &person.seats {
            let save = Write::new(sql::SEAT_SAVE).bind(dispute.id.hex()).bind(role.name()).bind(seat.channel.name());
            self.later(save.bind(token_index(sealer, &seat.token)).bind(standing(dispute))).await?;
        }
        // Written anew each time: an address that was taken away leads nowhere any more.
        if dispute.version > 1 {
            self.later(Write::new(sql::CONTACTS_DELETE).bind(dispute.id.hex()).bind(role.name())).await?;
        }
        for contact in &person.contacts {
            let save = Write::new(sql::CONTACT_SAVE).bind(dispute.id.hex()).bind(role.name()).bind(address_index(sealer, &contact.address));
            self.later(save.bind(standing(dispute)).bind(dispute.opened.micros())).await?;
        }
        Ok(())
    }
}

/// See [`Work::by_token`].
pub(super) fn by_token(sealer: &Sealer, token: &Token) -> Question {
    Question::new(sql::PERSON_BY_TOKEN).bind(token_index(sealer, token))
}

/// See [`Work::by_address`].
pub(super) fn by_address(sealer: &Sealer, address: &Address) -> Question {
    Question::new(sql::PEOPLE_BY_ADDRESS).bind(address_index(sealer, address)).bind(MOST_OF_ONE_ADDRESS)
}

/// See [`Work::open_of`].
pub(super) fn open_of(sealer: &Sealer, address: &Address, most: usize) -> Question {
    let limit = i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX);
    Question::new(sql::PARTIES_OPEN).bind(address_index(sealer, address)).bind(limit)
}

/// See [`Work::opened_by`].
pub(super) fn opened_by(sealer: &Sealer, address: &Address, since: Instant) -> Question {
    Question::new(sql::OPENED_BY).bind(address_index(sealer, address)).bind(since.micros())
}

/// Everything that the rows of the people of `dispute` hold, as one value.
pub(super) fn traces(dispute: &Dispute) -> Digest {
    let mut held = format!("{} {}", standing(dispute), dispute.opened.micros());
    for (role, person) in Role::ALL.into_iter().filter_map(|role| Some((role, dispute.participant(role)?))) {
        held.push_str(&format!("\n{role} {} {} {}", person.token.as_str(), person.channel.name(), person.address.folded()));
        person.seats.iter().for_each(|seat| held.push_str(&format!("\n {} {}", seat.token.as_str(), seat.channel.name())));
        person.contacts.iter().for_each(|contact| held.push_str(&format!("\n  {}", contact.address.folded())));
    }
    Digest::of(held.as_bytes())
}

fn standing(dispute: &Dispute) -> i64 {
    i64::from(!dispute.is_closed())
}

/// The keyed hash of an address; two spellings of one mailbox have the same.
pub(super) fn address_index(sealer: &Sealer, address: &Address) -> Vec<u8> {
    sealer.index("address", address.folded().as_bytes())
}

/// The keyed hash of a reply token.
pub(super) fn token_index(sealer: &Sealer, token: &Token) -> Vec<u8> {
    sealer.index("token", token.as_str().as_bytes())
}

/// A role in a row.
pub(super) fn role(row: &AnyRow, column: usize) -> Result<Role> {
    Role::parse(&text(row, column)?).ok_or_else(|| StoreError::damaged("a role", ""))
}
