# A message waits until the mediator lets it pass; another one still waits when its author leaves the mediation, and never leaves.
now 2026-11-23T09:00:00Z
sarah is consumer sarah@mail.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

sarah writes:
  Subject: Order never arrived
  Hello,
  my name is Sarah Amrani. On 3 November 2026 I ordered a coffee machine on boutique-atlas.example, order no. AT-48213, for 1,500.00 MAD paid by card.
  I have received nothing in spite of my reminders of 12 November. I ask for a full refund of my order.
  Sarah Amrani
> opened; incomplete
> consumer: acknowledgement (en)

sarah answers:
  CONFIRM ***
> advanced; screening
> consumer: file-complete (en)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example en
> advanced; invited
> consumer: admitted (en)
> merchant: invitation (en)

atlas answers:
  MEDIATION ***
> advanced; assigning
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (en)
> merchant: mediator-named (en)
> mediator: mission-accepted (fr)

sarah answers:
  SHARE ***
> noted
> consumer: joint-noted (en)

atlas answers:
  SHARE ***
> noted
> consumer: joint-open (en)
> merchant: joint-open (en)
> mediator: joint-open (fr)

nadia answers on desk:
  COOL OFF 48 h
> noted
> mediator: command-check (fr)

wait 0 days
> on 2026-11-23 the clock rings
> consumer: cool-off (en)
> merchant: cool-off (en)

atlas answers on joint:
  This customer never waits for anything. The parcel was handed over on 12 November and the carrier has it.
> noted
> mediator: message (fr)

nadia answers on joint:
  TRANSMETTRE *** mais sans la première phrase
> noted
> mediator: order-help (fr)

nadia answers on joint:
  TRANSMETTRE ***
> noted
> consumer: message (en)

sarah answers on consumer-private:
  Is there news from the seller?
> noted
> mediator: message (fr)

nadia answers on consumer-private:
  You read from the seller that the parcel was handed over on 12 November and the carrier has it. Did you ask the carrier?
> noted
> consumer: message (en)

nadia answers on desk:
  COOL OFF 48 h
> noted
> mediator: order-help (fr)

sarah answers on joint:
  Then I want its number today, or my money.
> noted
> mediator: message (fr)

wait 1 days
> on 2026-11-24 the clock rings
> mediator: morning (fr)

atlas answers on joint:
  We will not discuss this in such a tone.
> noted
> mediator: message (fr)

atlas answers on merchant-private:
  END ***
> advanced; closed ENDED_BY_MERCHANT
> consumer: closed-ended (en)
> consumer: kept-back (en)
> merchant: closed-ended (en)
> merchant: kept-back (en)
> mediator: case-moved (fr)
