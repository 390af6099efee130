//! The desk of whoever writes to one side: what it costs, and what it does not cost.

use super::*;

#[test]
fn a_question_of_the_registrar_renews_the_time_of_whoever_must_act_and_of_nobody_else() {
    let mut told = Told::invited();
    let day = |told: &Told<'_>| told.dispute.deadline.as_ref().map(|deadline| deadline.day);
    let first = day(&told);
    told.later(4).step(by(Role::Operator, Act::Spoke(Channel::ConsumerPrivate)));
    assert_eq!(day(&told), first, "the seller is not given time because the buyer is asked");
    told.step(by(Role::Operator, Act::Spoke(Channel::MerchantPrivate)));
    assert!(day(&told) > first);
}

#[test]
fn a_question_in_a_pause_moves_no_day_that_was_told() {
    let mut told = Told::opened();
    told.step(by(Role::Consumer, Act::AskWithdraw));
    assert_eq!(told.dispute.state, "withdrawing");
    let day = told.dispute.deadline.clone();
    let asked = told.later(3).step(by(Role::Operator, Act::Spoke(Channel::ConsumerPrivate)));
    assert_eq!(sent(&asked), [(Role::Consumer, "message")]);
    assert_eq!(told.dispute.deadline, day);
}
