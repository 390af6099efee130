//! What an endpoint answered (RFC 6749 §5).

use super::http::Answer;
use super::{Granted, TokenError};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::time::Duration;

/// What is read of a good answer.
#[derive(Deserialize)]
struct Good {
    access_token: SecretText,
    token_type: String,
    expires_in: Option<Seconds>,
    refresh_token: Option<SecretText>,
}

/// What is read of a refusal.
#[derive(Deserialize)]
struct Bad {
    error: String,
}

/// A number; Microsoft wrote it as a text once.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(u64),
    Text(String),
}

/// A secret that serde reads and nobody prints.
#[derive(Deserialize)]
#[serde(from = "String")]
struct SecretText(SecretString);

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// The errors that a client may meet (RFC 6749 §5.2), and what Google says of programs that were deleted there.
const ERRORS: [&str; 7] =
    ["invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "deleted_client", "disabled_client"];
/// Some providers say so where the authorization wants a person.
const WITHDRAWN: [&str; 3] = ["invalid_grant", "interaction_required", "consent_required"];
/// No access token is longer; RFC 4954 §4 allows a line of 12,288 bytes, and base64 adds a third.
const LONGEST_TOKEN: usize = 8_192;

/// The tokens of `answer`, or why there are none.
pub(super) fn read(answer: &Answer, server: String) -> Result<Granted, TokenError> {
    let status = answer.status;
    let body = answer.body.expose_secret();
    match status {
        200 => serde_json::from_str::<Good>(body).ok().and_then(granted).ok_or(TokenError::Strange { server, status }),
        408 | 429 | 500..=599 => Err(TokenError::Busy { server, status, after: answer.pause }),
        400..=499 => match serde_json::from_str::<Bad>(body) {
            Ok(Bad { error }) if WITHDRAWN.contains(&error.as_str()) => Err(TokenError::Withdrawn { server }),
            Ok(Bad { error }) if error == "temporarily_unavailable" => Err(TokenError::Busy { server, status, after: answer.pause }),
            Ok(Bad { error }) => {
                let error = ERRORS.iter().find(|known| **known == error).map_or_else(|| format!("status {status}"), |known| (*known).to_owned());
                Err(TokenError::Refused { server, error })
            }
            Err(_) => Err(TokenError::Strange { server, status }),
        },
        _ => Err(TokenError::Strange { server, status }),
    }
}

/// A token of another kind, or one with characters that would end it early where it is shown, is none.
fn granted(good: Good) -> Option<Granted> {
    let Good { access_token: SecretText(access), token_type, expires_in, refresh_token } = good;
    let is_sound = |token: &SecretString, longest: usize| {
        let token = token.expose_secret();
        !token.is_empty() && token.len() <= longest && token.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if !token_type.eq_ignore_ascii_case("bearer") || !is_sound(&access, LONGEST_TOKEN) {
        return None;
    }
    let lasts = expires_in.and_then(|seconds| match seconds {
        Seconds::Number(seconds) => Some(seconds),
        Seconds::Text(text) => text.trim().parse().ok(),
    });
    // An empty one is none; one that cannot be shown again does not take the place of a good one.
    let refresh = refresh_token.map(|SecretText(token)| token).filter(|token| is_sound(token, LONGEST_TOKEN));
    Some(Granted { access, lasts: lasts.map(Duration::from_secs), refresh })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Result<Granted, TokenError> {
        read(&Answer { status, pause: Some(Duration::from_secs(7)), body: body.to_owned().into() }, "login.example.net:443".to_owned())
    }

    #[test]
    fn tokens_are_read_as_providers_write_them() {
        let whole =
            answer(200, r#"{"token_type":"Bearer","scope":"x","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ0.a-b_c","refresh_token":"0.AX"}"#);
        let whole = whole.unwrap();
        assert_eq!((whole.access.expose_secret(), whole.lasts), ("eyJ0.a-b_c", Some(Duration::from_secs(3599))));
        assert_eq!(whole.refresh.unwrap().expose_secret(), "0.AX");
        let short = answer(200, r#"{"access_token":"ya29","token_type":"bearer","expires_in":"60"}"#).unwrap();
        assert_eq!((short.lasts, short.refresh.is_none()), (Some(Duration::from_secs(60)), true));
        assert!(answer(200, r#"{"access_token":"ya29","token_type":"bearer"}"#).unwrap().lasts.is_none());
    }

    #[test]
    fn what_is_no_token_is_none() {
        let long = format!(r#"{{"access_token":"{}","token_type":"bearer"}}"#, "a".repeat(8_193));
        for body in [
            "",
            "<html>",
            "[]",
            r#"{"access_token":"ya29"}"#,
            r#"{"access_token":"","token_type":"bearer"}"#,
            r#"{"access_token":"a\u0001b","token_type":"bearer"}"#,
            r#"{"access_token":"a b","token_type":"bearer"}"#,
            r#"{"access_token":"a","token_type":"mac"}"#,
            &long,
        ] {
            assert!(matches!(answer(200, body), Err(TokenError::Strange { status: 200, .. })), "{body}");
        }
    }

    #[test]
    fn a_refusal_says_whether_a_person_must_act() {
        let fault = |status, body| answer(status, body).unwrap_err();
        let withdrawn = fault(400, r#"{"error":"invalid_grant","error_description":"Token has been expired or revoked: 1//secret"}"#);
        assert!(matches!(withdrawn, TokenError::Withdrawn { .. }) && withdrawn.needs_person() && !withdrawn.to_string().contains("secret"));
        let client = fault(401, r#"{"error":"invalid_client"}"#);
        assert!(client.needs_person() && client.to_string().contains("(invalid_client)"), "{client}");
        let unknown = fault(400, r#"{"error":"a <word> of their own"}"#);
        assert!(unknown.needs_person() && unknown.to_string().contains("(status 400)"), "{unknown}");
        for status in [408, 429, 500, 503] {
            let busy = fault(status, "");
            assert!(!busy.needs_person() && busy.retry_after() == Some(Duration::from_secs(7)), "{busy}");
        }
        for (status, body) in [(302, ""), (404, "<html>"), (204, ""), (101, "")] {
            let strange = fault(status, body);
            assert!(matches!(strange, TokenError::Strange { .. }) && !strange.needs_person(), "{strange}");
        }
    }
}
