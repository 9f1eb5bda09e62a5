//! What every store must do, asked of each of them.
//!
//! A test in `contract` takes a [`World`] and holds for all stores. How to add a store: a constructor of `World`, and a
//! line at the end of this file.

mod contract;
mod postgres;
mod sqlite;
mod world;

/// Tests the store that `$open` opens by `$by`, one of the macros below.
macro_rules! contract {
    ($by:ident! $store:ident: $open:path) => {
        $by! { $store $open =>
            appends::seqs_have_no_gaps_whoever_appends_at_once
            appends::all_readers_see_one_order
            appends::the_observer_hears_each_entry_once_in_order_before_the_ack
            appends::an_entry_is_what_its_command_was
            appends::a_dropped_append_is_there_once_or_not_at_all
            amendments::an_edit_is_an_entry_and_leaves_no_old_words
            amendments::what_is_deleted_stays_deleted
            amendments::only_what_was_said_is_amended
            amendments::a_reaction_changes_no_message
            amendments::what_is_not_there_is_not_amended
            amendments::edits_and_a_deletion_at_once_leave_nothing
            retries::a_retry_returns_the_first_entry
            retries::fifty_retries_at_once_are_one_message
            retries::retries_among_new_messages_leave_no_gap
            retries::another_sender_may_use_the_same_client_id
            retries::another_room_may_use_the_same_client_id
            retries::what_was_sent_is_known_whatever_became_of_it
            pages::after_and_before_meet_without_overlap
            pages::a_page_has_its_limit
            pages::a_page_of_long_texts_is_a_short_one
            pages::a_new_log_is_empty
            ends::an_ended_room_takes_and_gives_nothing
            ends::an_expired_room_takes_and_gives_nothing
            ends::an_unknown_room_takes_and_gives_nothing
            ends::a_closed_room_fails_nobody_else
            ends::nothing_is_appended_once_the_end_is_known
            ends::a_purge_spares_open_rooms_and_can_be_repeated
            rooms::a_room_is_kept_as_it_was_created
            rooms::an_id_is_taken_once
            rooms::open_rooms_are_counted
            rooms::a_room_ends_once
            rooms::who_is_due_is_listed_oldest_first
            rooms::a_purged_room_is_a_tombstone_until_it_is_forgotten
            rooms::many_tombstones_are_forgotten_together
            members::the_last_place_goes_to_one
            members::members_come_and_go
            members::a_token_is_known_in_its_own_room_only
            members::the_newest_are_listed_and_no_more
            members::a_write_that_fails_fails_alone
            members::one_participant_is_in_on_many_devices
            members::an_arrival_is_answered_at_once_as_one_by_one
            members::who_started_a_room_is_known_where_they_said_it
            members::nobody_enters_a_closed_room
            members::those_inside_open_rooms_are_listed
            creator::settings_are_kept
            creator::a_locked_room_takes_nobody_new
            creator::a_lock_and_a_join_race_and_one_of_them_is_first
            creator::who_was_removed_does_not_come_back
            creator::a_room_is_extended_once
            creator::a_room_has_so_many_owners_and_no_more
            media::a_medium_is_kept_as_it_was_added_and_in_its_own_room
            media::the_last_space_of_a_room_goes_to_one
            media::a_server_has_space_for_each_kind_of_room
            media::what_is_removed_gives_its_space_back
            media::media_go_with_their_room
            media::live_rooms_forget_theirs_with_the_process
            space::a_server_has_space_for_so_many_words
            space::a_stored_room_has_space_for_so_many_words
            space::what_is_counted_is_what_is_there
            space::there_are_so_many_rooms
            model::any_sequence_of_commands_is_like_the_model
            commands::a_change_and_what_tells_of_it_are_one_step
            commands::a_room_opens_with_whoever_starts_it_inside
        }
    };
}

/// A test for each part of the contract.
macro_rules! each_alone {
    ($store:ident $open:path => $($module:ident::$part:ident)*) => {
        mod $store {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $part() {
                    crate::contract::$module::$part($open().await).await;
                }
            )*
        }
    };
}

/// One test for the whole contract: for a store that takes long to start, where each test may be a process of its own.
macro_rules! all_in_one {
    ($store:ident $open:path => $($module:ident::$part:ident)*) => {
        mod $store {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn holds() {
                $(
                    println!(stringify!($part));
                    crate::contract::$module::$part($open().await).await;
                )*
            }
        }
    };
}

contract!(each_alone! stored_in_sqlite: crate::world::sqlite);
contract!(each_alone! live_in_memory: crate::world::memory);
contract!(all_in_one! stored_in_postgres: crate::world::postgres);
