use super::*;

#[test]
fn only_text_whose_lines_end_in_crlf_passes() {
    for good in [&b""[..], b"a", b"a\r\n", b"a\r\n.\r\nb", b"\r\n\r\n"] {
        assert!(body::only_crlf(good), "{good:?}");
    }
    for bad in [&b"\n"[..], b"\r", b"a\n", b"a\r", b"a\rb\r\n", b"a\r\r\n", b"a\r\n\n", b"\n\r"] {
        assert!(!body::only_crlf(bad), "{bad:?}");
    }
}

#[test]
fn a_refusal_is_the_letters_unless_this_machine_must_log_in() {
    assert_eq!(refusal(450), Some(Attempt::Later { code: 450 }));
    assert_eq!(refusal(550), Some(Attempt::Refused { code: 550 }));
    assert_eq!(refusal(530), Some(Attempt::NotSent));
    assert_eq!(refusal(250), None);
    assert_eq!(refusal(354), None);
    assert!(leaves_order(Attempt::Later { code: 450 }) && !leaves_order(Attempt::Later { code: 421 }) && !leaves_order(Attempt::Uncertain));
}

#[test]
fn the_login_is_in_no_debug_output() {
    let settings = SmtpSettings {
        host: "mail.example".to_owned(),
        port: 465,
        security: Security::Implicit,
        user: Some("somebody@example.org".to_owned()),
        password: Some("secret".to_owned().into()),
        hello: "here.example".to_owned(),
        ca_file: None,
        timeouts: SmtpTimeouts::default(),
    };
    let shown = format!("{settings:?}");
    assert!(!shown.contains("somebody") && !shown.contains("secret"), "{shown}");
}
