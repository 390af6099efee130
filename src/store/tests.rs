//! The same stories on SQLite and on a real PostgreSQL; then what is SQLite's alone: files, rights, plans.

mod alarms;
mod challenges;
mod files;
mod fixtures;
mod foreseen;
mod ground;
mod intake;
mod kept;
mod merchants;
mod outgoing;
mod tokens;
mod wrong;

use ground::Ground;

/// Every story, each in a database of its own. After each, the table of durable states holds and every chain verifies.
async fn tell_all(ground: &Ground) {
    macro_rules! tell {
        ($($room:ident :: $story:ident),+ $(,)?) => {
            $(
                let store = ground.fresh(stringify!($story)).await;
                $room::$story(&store).await;
                let story = stringify!($story);
                assert_eq!(store.check().await.unwrap(), Vec::<String>::new(), "{story}");
                assert_eq!(store.verify().await.unwrap().faults, Vec::<String>::new(), "{story}");
                store.close().await;
            )+
        };
    }
    tell!(
        intake::a_mail_is_received_settled_and_filed,
        intake::copies_and_renumbered_folders,
        intake::a_held_mail_is_looked_at_again,
        intake::bytes_belong_to_their_dispute_once_it_is_known,
        intake::a_mail_that_changes_its_dispute_is_erased_with_the_new_one_alone,
        intake::senders_are_counted_and_copies_found,
        intake::many_uids_are_asked_for,
        kept::a_dispute_is_saved_found_and_saved_again,
        kept::two_decisions_on_one_version,
        kept::clocks_wake_the_oldest_first,
        kept::a_mark_is_gone_back_to,
        kept::a_change_without_an_entry_is_not_committed,
        kept::nothing_is_committed_that_was_promised_in_vain,
        kept::an_erased_dispute_leaves_nothing,
        kept::rules_are_kept_once,
        kept::charters_are_kept_with_every_byte,
        kept::dropped_callers_harm_nobody,
        outgoing::a_letter_is_enqueued_once_and_delivered,
        outgoing::a_lost_lease_is_lost,
        outgoing::an_uncertain_letter_leaves_again_as_the_same_bytes,
        outgoing::later_refused_stopped_and_sent_again,
        outgoing::what_waits_for_a_mediator_leaves_when_its_dispute_lets_it_and_by_nobody_else,
        outgoing::letters_of_one_decision_are_claimed_in_its_order,
        outgoing::what_waits_for_the_operator_begins_anew,
        outgoing::our_letters_are_found_again,
        outgoing::two_nodes_never_claim_the_same,
        outgoing::what_a_clock_that_was_ahead_put_off_is_brought_back,
        challenges::a_question_is_put_found_and_ends_once,
        challenges::questions_are_counted_and_lapse,
        challenges::an_erased_dispute_leaves_no_question,
        alarms::the_operator_is_told_once_each_time,
        alarms::the_vitals_are_counted,
        merchants::a_merchant_is_kept_once_and_found_by_each_trace,
        merchants::what_is_kept_of_a_merchant_is_sealed,
        foreseen::what_was_foreseen_is_no_longer_known_once_it_changed,
        foreseen::a_decision_that_was_foreseen_follows_what_came_before_it,
        foreseen::a_reference_is_taken_once,
        tokens::a_rotated_token_counts_as_long_as_the_same_one_is_configured,
    );
    wrong::broken_chains_are_found(&ground.fresh("broken_chains").await).await;
    wrong::impossible_states_are_found(&ground.fresh("impossible_states").await).await;
    wrong::a_letter_that_does_not_open_stops_alone(&ground.fresh("broken_letter").await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_on_sqlite() {
    tell_all(&Ground::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_story_on_postgresql() {
    let ground = Ground::postgres();
    tell_all(&ground).await;
    ground::every_statement_is_understood(&ground.fresh("statements").await).await;
    ground::cut_connections_are_replaced(&ground.fresh("cut").await).await;
    ground::opening_refuses_what_is_not_there(&ground).await;
}
