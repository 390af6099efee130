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
fn a_connection_is_used_again_while_the_server_stays_and_every_command_has_its_answer() {
    for stays in [Attempt::Delivered { code: 250 }, Attempt::Later { code: 450 }, Attempt::Refused { code: 550 }, Attempt::Rejected { code: 554 }] {
        assert!(leaves_order(stays), "{stays:?}");
    }
    for gone in [Attempt::Later { code: 421 }, Attempt::Uncertain, Attempt::NotSent] {
        assert!(!leaves_order(gone), "{gone:?}");
    }
}

#[test]
fn the_login_is_in_no_debug_output() {
    let settings = SmtpSettings {
        host: "mail.example".to_owned(),
        port: 465,
        security: Security::Implicit,
        login: Some(Login::with_password("somebody@example.org", "secret")),
        hello: "here.example".to_owned(),
        ca_file: None,
        timeouts: SmtpTimeouts::default(),
    };
    let shown = format!("{settings:?} {:?}", settings.login);
    assert!(!shown.contains("somebody") && !shown.contains("secret"), "{shown}");
}
