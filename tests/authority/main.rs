//! Only who may speak is heard, and only who may read is told: mails as they travel, signed or forged, are read, authenticated and settled against a
//! real store, and everything that leaves is looked at. Each test is named by the row of the threats that it is about.

mod charter;
#[path = "../harness/configuration.rs"]
mod configuration;
#[path = "../harness/dkim.rs"]
mod dkim;
mod letters;
mod morning;
mod reminders;
mod scene;
mod split;
mod strangers;
mod table;
mod tokens;
mod tricks;
