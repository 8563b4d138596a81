//! Every sign, a file each.

mod account_alarm;
mod advance_fee;
mod alarm_leads_elsewhere;
mod answers_thread;
mod asks_money;
mod brand_elsewhere;
mod bulk_mail;
mod calendar_lure;
mod confirmed_sender;
mod disguised_link;
mod excerpt_like;
mod extortion;
mod fails_checks;
mod first_contact;
mod form_in_mail;
mod hidden_words;
mod house_mail;
mod internal_papers;
mod known_correspondent;
mod link_names_other;
mod locked_archive;
mod look_alike_sender;
mod lure_leads_elsewhere;
mod mailbox_in_link;
mod name_is_address;
mod no_ask;
mod odd_link;
mod offers_documents;
mod picture_for_words;
mod press_office;
mod prize_lure;
mod protected_sender;
mod provider_account;
mod reply_elsewhere;
mod route_contradiction;
mod running_file;
mod sealed_document;
mod split_words;
mod tip_offer;
mod tracking;
mod user_hosted_link;
mod wallet;

use crate::phrases::Phrases;
use crate::sign::Sign;

/// Every sign, in the order in which lines of one firmness are printed.
pub const SIGNS: &[&Sign] = &[
    &sealed_document::SIGN,
    &running_file::SIGN,
    &locked_archive::SIGN,
    &link_names_other::SIGN,
    &mailbox_in_link::SIGN,
    &look_alike_sender::SIGN,
    &brand_elsewhere::SIGN,
    &name_is_address::SIGN,
    &alarm_leads_elsewhere::SIGN,
    &lure_leads_elsewhere::SIGN,
    &form_in_mail::SIGN,
    &disguised_link::SIGN,
    &split_words::SIGN,
    &hidden_words::SIGN,
    &extortion::SIGN,
    &advance_fee::SIGN,
    &wallet::SIGN,
    &asks_money::SIGN,
    &calendar_lure::SIGN,
    &account_alarm::SIGN,
    &prize_lure::SIGN,
    &user_hosted_link::SIGN,
    &odd_link::SIGN,
    &picture_for_words::SIGN,
    &reply_elsewhere::SIGN,
    &fails_checks::SIGN,
    &route_contradiction::SIGN,
    &offers_documents::SIGN,
    &internal_papers::SIGN,
    &excerpt_like::SIGN,
    &provider_account::SIGN,
    &first_contact::SIGN,
    &no_ask::SIGN,
    &tip_offer::SIGN,
    &press_office::SIGN,
    &bulk_mail::SIGN,
    &answers_thread::SIGN,
    &known_correspondent::SIGN,
    &house_mail::SIGN,
    &protected_sender::SIGN,
    &confirmed_sender::SIGN,
    &tracking::SIGN,
];

/// All phrases that signs listen for.
pub(crate) static ALL_PHRASES: &[&Phrases] = &[
    &account_alarm::ALARM,
    &advance_fee::CORE,
    &advance_fee::READER,
    &advance_fee::TALE,
    &asks_money::MONEY,
    &extortion::MENACE,
    &extortion::PAY,
    &extortion::PRESSURE,
    &extortion::THREAT,
    &internal_papers::PAPER,
    &locked_archive::PASSWORD,
    &offers_documents::OFFER,
    &press_office::PRESS,
    &prize_lure::LURE,
    &tip_offer::TIP,
];
