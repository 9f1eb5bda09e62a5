//! What people are told of a refusal.

use wire::error::Code;

use super::{Language, say};

/// What a person is told when there is nothing more exact to say: [`Code::detail`] in any language.
pub(crate) fn sentence(code: Code, language: Language) -> &'static str {
    macro_rules! of {
        ($($code:ident => $key:ident),* $(,)?) => {
            match code { $(Code::$code => say!(in language, error.$key),)* }
        };
    }
    of! {
        InvalidRequest => invalid_request,
        NotJoined => not_joined,
        InvalidIdentity => invalid_identity,
        IdentityRequired => identity_required,
        NotCreator => not_creator,
        Removed => removed,
        Locked => locked,
        TextOnly => text_only,
        NotYours => not_yours,
        ForbiddenOrigin => forbidden_origin,
        UnknownChat => unknown_chat,
        UnknownMedia => unknown_media,
        UnknownEntry => unknown_entry,
        UnknownParticipant => unknown_participant,
        TooSlow => too_slow,
        AlreadyExtended => already_extended,
        OwnerLinksSpent => owner_links_spent,
        RoomFull => room_full,
        ChatMediaFull => chat_media_full,
        Ended => ended,
        Expired => expired,
        TooLarge => too_large,
        UnsupportedMedia => unsupported_media,
        InvalidName => invalid_name,
        InvalidMessage => invalid_message,
        InvalidReaction => invalid_reaction,
        RateLimited => rate_limited,
        Internal => internal,
        MediaFull => media_full,
        Unavailable => unavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_says_what_the_api_says() {
        for code in Code::ALL {
            assert_eq!(sentence(*code, Language::en), code.detail(), "{code:?}");
        }
    }

    #[test]
    fn every_language_has_a_sentence_of_its_own() {
        for code in Code::ALL {
            let (german, english) = (sentence(*code, Language::de), code.detail());
            assert!(german.ends_with('.') && german != english, "{code:?}");
        }
    }
}
