//! Every fault from F25 on and where it is told, or why it cannot be: no number is forgotten, and every test that is named here is there.

use std::fs;
use std::path::Path;

/// Tests that hold for the fault.
const TOLD: [(u8, &[&str]); 34] = [
    (25, &["f25_killed_at_its_system_calls_nothing_is_lost_and_nothing_doubled"]),
    (26, &["f26_random_kills_under_load_lose_nothing_and_double_nothing", "ten_kills_at_random_moments_lose_nothing_and_double_nothing"]),
    (27, &["f27_what_was_not_made_durable_is_told_to_nobody"]),
    (28, &["f28_a_disk_that_was_full_goes_on_when_there_is_room_again", "a_full_disk_stops_fetching_and_nothing_else"]),
    (29, &["f29_a_disk_that_may_only_be_read_and_too_few_files_lose_nothing"]),
    (
        31,
        &[
            "f31_a_database_that_another_process_keeps_locking_is_waited_for",
            "a_second_daemon_on_the_same_database_is_refused_and_the_commands_work_beside_the_first",
        ],
    ),
    (34, &["f34_a_daemon_that_slept_through_its_lease_sends_nothing_on_it", "nothing_is_sent_when_the_lease_is_lost"]),
    (35, &["f35_a_clock_that_jumps_hurries_and_delays_letters_and_doubles_none"]),
    (
        36,
        &["f36_an_imap_line_cut_anywhere_loses_no_mail", "an_imap_line_cut_anywhere_is_an_error_or_the_whole", "an_smtp_line_cut_anywhere_is_never_a_delivery"],
    ),
    (37, &["f37_a_server_that_stands_still_is_noticed_told_and_taken_up_again", "a_halted_server_is_noticed", "a_server_that_falls_silent_is_left"]),
    (38, &["f38_another_uidvalidity_while_nothing_happens_and_while_mails_are_fetched_changes_nothing", "a_folder_made_anew_has_another_uidvalidity"]),
    (
        39,
        &[
            "f39_numbers_that_jump_to_the_end_of_their_range_lose_nothing",
            "f39_a_uidnext_that_is_missing_or_runs_backwards_and_the_largest_number_mean_nothing",
        ],
    ),
    (40, &["f40_another_program_in_the_same_mailbox_loses_and_doubles_nothing_that_remains", "mail_that_others_removed_is_absent_and_the_rest_arrives"]),
    (
        41,
        &[
            "f41_folders_that_are_renamed_removed_or_forbidden_keep_no_mail_from_being_heard",
            "f41_a_folder_whose_quota_is_full_is_named_and_nothing_is_deleted",
            "nothing_is_deleted_after_a_copy_that_failed",
        ],
    ),
    (42, &["every_check_on_dovecot", "every_check_on_cyrus", "every_check_on_courier", "without_move_and_uidplus_mail_stays_and_is_marked"]),
    (
        43,
        &[
            "f43_a_farewell_at_any_moment_passes_and_a_pause_that_it_names_is_kept",
            "refusals_at_the_door_are_told_apart",
            "too_many_connections_are_a_pause_not_a_wrong_password",
            "mailboxes_out_of_order_are_told_and_tried_again_while_the_others_go_on",
            "a_token_that_ended_is_replaced_once_and_the_reasons_of_the_server_are_answered",
            "tokens_that_end_between_letters_and_while_the_daemon_waits_are_no_event",
        ],
    ),
    (44, &["f44_news_that_got_lost_and_a_flood_of_news_are_found_at_the_next_look", "waiting_copes_with_every_kind_of_idle"]),
    (45, &["f45_a_server_that_is_killed_and_comes_back_with_damaged_indexes_loses_and_doubles_nothing"]),
    (
        46,
        &[
            "f46_one_copy_arrives_of_a_letter_that_got_through_unanswered",
            "f46_one_copy_arrives_of_a_letter_whose_dot_was_lost_on_the_way",
            "a_letter_whose_dot_is_unanswered_at_the_stop_is_sent_again_unchanged",
            "a_letter_that_nobody_knows_of_three_times_waits_for_the_operator",
        ],
    ),
    (47, &["each_refusal_of_a_sink_is_told_apart", "odd_replies_are_never_taken_for_a_delivery", "a_service_that_turns_us_away_is_not_the_letters_fault"]),
    (48, &["a_slow_answer_to_the_dot_is_awaited", "f35_a_clock_that_jumps_hurries_and_delays_letters_and_doubles_none"]),
    (49, &["a_stall_ends_at_the_time_of_its_phase"]),
    (
        50,
        &[
            "a_recipient_that_is_refused_ends_the_letter_and_the_dispute_hears_of_it",
            "a_recipient_that_is_refused_for_now_is_tried_again_a_minute_later",
            "a_server_that_does_not_take_our_letters_at_all_is_an_alarm_and_ends_nothing",
            "a_mail_that_is_taken_and_cannot_be_delivered_comes_back",
        ],
    ),
    (
        51,
        &[
            "every_mail_is_read_as_expected",
            "t36_a_forged_bounce_marks_nobody_unreachable",
            "t37_delivery_reports_of_mails_that_are_not_ours_are_dropped_and_nobody_hears_of_them",
        ],
    ),
    (52, &["a_bomb_costs_one_mail_and_the_next_one_is_read", "no_bomb_costs_more_than_a_mail_may"]),
    (
        53,
        &[
            "a_mail_that_kills_the_reader_is_held_whole_and_those_behind_it_go_on",
            "a_program_that_never_answers_is_stopped_in_time",
            "a_program_that_is_gone_or_talks_nonsense_is_an_error_each_time",
        ],
    ),
    (54, &["when_a_letter_cannot_be_written_nothing_of_its_decision_is_kept"]),
    (55, &["f55_without_its_key_or_with_another_one_nothing_starts_and_nothing_is_touched"]),
    (56, &["f56_an_older_copy_that_is_put_back_and_the_mails_since_come_to_the_same"]),
    (57, &["f57_letters_that_wait_or_are_in_doubt_survive_an_upgrade_and_the_older_program_is_refused"]),
    (58, &["f58_told_to_stop_at_any_time_it_stops_in_time_and_leaves_nothing_half_done", "servers_that_fell_silent_do_not_keep_the_daemon_from_stopping"]),
    (
        59,
        &[
            "f59_a_name_that_is_not_known_passes_and_names_nobody",
            "f59_an_address_at_which_nobody_answers_hides_no_living_one",
            "f59_an_address_that_answers_late_is_not_given_up_for_dead_ones",
        ],
    ),
    (
        60,
        &[
            "f60_of_two_that_start_at_once_on_an_old_or_an_empty_database_one_wins",
            "f60_of_several_that_make_the_same_database_at_once_one_wins_and_what_it_made_is_sound",
        ],
    ),
    (30, &["f30_a_power_failure_that_forgets_what_was_not_made_durable_forgets_nothing_that_was_said"]),
];
/// What is not told, and why.
const UNTOLD: [(u8, &str); 2] = [
    (
        32,
        "what several daemons on one PostgreSQL owe each other is not promised yet; that the store itself holds there is told by the stories of its own tests",
    ),
    (33, "there is no copy of a PostgreSQL that this program would turn to"),
];

#[test]
fn every_fault_from_f25_on_has_its_test_or_a_reason() {
    let mut numbers: Vec<u8> = TOLD.iter().map(|(number, _)| *number).chain(UNTOLD.iter().map(|(number, _)| *number)).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (25..=60).collect::<Vec<_>>());
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = [code(&house.join("tests")), code(&house.join("src"))].concat();
    // What stands in a comment is no test.
    let lines: Vec<&str> = code.lines().map(|line| line.trim_start().trim_start_matches("pub ").trim_start_matches("async ")).collect();
    for test in TOLD.iter().flat_map(|(_, tests)| *tests) {
        let head = format!("fn {test}(");
        assert!(lines.iter().any(|line| line.starts_with(&head)), "{test}");
    }
    assert!(UNTOLD.iter().all(|(_, why)| why.len() > 40));
}

/// Every file of a folder that ends with `.rs`, joined.
fn code(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.filter_map(|path| match path.is_dir() {
        true => Some(code(&path)),
        false => path.extension().is_some_and(|ending| ending == "rs").then(|| fs::read_to_string(&path).unwrap()),
    });
    texts.collect::<Vec<_>>().join("\n")
}
