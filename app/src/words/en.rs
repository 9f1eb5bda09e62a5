//! English: declares what words there are.

use super::{Plural, keys};
use crate::error::Code;

keys! {
    /// What islands say.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "some is said by the browser only"))]
    Words, WORDS:

    // Spans and lists.
    hours_minutes = "{} h {} min";
    minutes = "{} min";
    seconds = "{} s";
    list_and = " and ";
    list_comma = ", ";
    and_others: Plural = Plural::new(" and {} other", " and {} others");

    // Days and times; the days stand alone or begin a line.
    today = "Today";
    yesterday = "Yesterday";
    tomorrow = "Tomorrow";
    /// Day, time: in the middle of a line.
    today_at = "today at {}";
    tomorrow_at = "tomorrow at {}";
    /// What came before is a day by its name.
    at = "{} at {}";

    // Everywhere.
    close = "Close";
    copy = "Copy";
    copied = "Copied";
    more = "More";
    language = "Language";
    /// `None` where the server's own sentences are understood.
    error: Option<fn(Code) -> &'static str> = None;

    // Starting a chat.
    wait = "You can try again in {} s.";
    start = "Start Instant Chat";
    start_title = "Start a chat";
    ready_title = "Your chat is ready";
    ready_hint = "Whoever has this link can join, for the next 24 hours.";
    your_name = "Your name";
    optional = "(optional)";
    name_later = "You can also choose it later";
    keep_history = "Keep history";
    history_off = "Off: those who come later see only what is said from then on. Nothing is written down.";
    history_on = "On: those who come later can read everything from the start, until the chat ends.";
    create = "Create chat";
    creating = "Creating…";

    // The link.
    link_copied = "The link is copied.";
    link_selected = "The link is selected: copy it from here.";
    qr = "QR code of the link";
    share = "Share";
    enter = "Enter chat";
    invite = "Invite";
    invite_title = "Invite others";
    invite_hint = "Whoever has this link can join.";
    invite_locked = "The chat is locked: nobody new can join with this link now.";

    // The door.
    invited = "You are invited to chat";
    nothing_yet = "Nothing happens until you join.";
    inside: Plural = Plural::or_none("Nobody is inside", "{} person is inside", "{} people are inside");
    history_kept = "History is kept: who joins later can read it, until the chat ends";
    history_not_kept = "Nothing is kept: you see what is said from now on";
    locked_title = "This chat is locked";
    ends_in = "Ends in {}";
    no_idea = "No idea? Be {}";
    join = "Join chat";
    joining = "Joining…";
    join_needs_script = "You can join without JavaScript, but talking live needs it: turn it on for this page to read and write.";

    // The room's bar and menus.
    chat = "Chat";
    connecting = "Connecting…";
    here: Plural = Plural::new("{} here", "{} here");
    in_this_chat = "In this chat";
    person_you = "you";
    person_here = "here";
    person_away = "away";
    person_removed = "removed";
    verified = "verified";
    verified_by = "verified by {}";
    countdown_hint = "When this time is over, the chat is gone";
    countdown_ended = "Ended";
    save_chat = "Save conversation…";
    save_title = "Save this conversation";
    save_hint = "When the chat ends, nothing of it is left here. Keep a copy on this device.";
    save_page = "Save as a web page";
    save_page_hint = "One file with everything, pictures and voice included. Any browser opens it.";
    save_data = "Save as data (JSON)";
    save_first = "Save the conversation first";
    ends_soon = "This chat ends soon.";
    keys_title = "Keyboard shortcuts";
    keys_send = "Send";
    keys_line = "Begin a new line";
    keys_edit = "Edit your last message, when the field is empty";
    keys_stop = "Close, or stop replying, editing, recording";
    keys_menu = "To a message's menu, and on";
    keys_move = "From picture to picture; back and forth in a voice message";
    keys_closer = "A picture closer, further away, whole";
    keys_list = "This list";
    key_control = "Ctrl";
    key_shift = "Shift";
    key_enter = "Enter";
    key_escape = "Esc";
    key_tab = "Tab";
    leave = "Leave chat";
    end_for_all = "End chat for everybody…";
    when_hidden = "When this page is hidden";
    sound = "Sound";
    notifications = "Notifications";
    mute = "Mute this chat";
    notifications_refused = "Your browser does not let this site show notifications.";
    your_chat = "Your chat";
    locked_switch = "Locked: nobody new can join";
    text_only_switch = "Only text, no pictures or voice";
    extend = "Extend by 24 hours, once";
    owner_link = "Owner link…";
    owner_title = "Your chat on another device";
    owner_hint = "An owner link lets your other phone or computer do what you can do here. Whoever has it can lock the chat, remove people and end it for everybody: send it to yourself only.";
    owner_show = "Show an owner link";
    remove = "Remove";
    removing = "Removing…";
    remove_title = "Remove {} from this chat?";
    remove_hint = "They are out at once, and cannot come back as themselves. What they wrote stays. This cannot be undone.";
    remove_lock = "Lock the chat, too";
    remove_open = "Nobody has an account here: as long as the chat is open, whoever has the link can join under another name.";
    remove_not = "Keep them";
    new_message_from = "New message from {}";

    // The end.
    end_title = "End this chat for everybody?";
    end_hint = "All messages are deleted, and the link stops working. This cannot be undone.";
    end_keep = "Keep it";
    end_now = "End chat";
    ending = "Ending…";
    ended = "This chat has been ended";
    expired = "This chat is over: its time has passed";
    ended_hint = "What you still see goes when you close this page. Nobody can open it again.";
    start_another = "Start a new one";

    // The conversation.
    messages = "Messages";
    say_hello = "Say hello";
    hello_kept = "Those who come later can read it, until the chat ends.";
    hello_live = "Only those who are here now will see it. Nothing is kept.";
    nothing_said = "Nothing was said here";
    reconnecting = "Reconnecting… what you write is sent when the connection is back.";
    slow_down = "That was a lot at once: what you wrote is sent in {} s.";
    resynced = "You were away for a while: earlier messages can no longer be shown.";
    you = "You";
    and_you = "you";
    somebody = "Somebody";
    /// Who; the plural is that of their number.
    joined: Plural = Plural::new("{} joined", "{} joined");
    left: Plural = Plural::new("{} left", "{} left");
    removed: Plural = Plural::new("{} was removed", "{} were removed");
    /// Who; a pattern without a gap names nobody: only the creator can do it.
    locked = "{} locked the chat: nobody new can join";
    unlocked = "{} opened the chat again";
    text_only = "{} allowed only text from now on";
    all_kinds = "{} allowed pictures and voice again";
    extended = "{} extended the chat";
    /// Follows the one before: a day and a time.
    ends = ": it ends {}";
    /// Where it is not known by which participant.
    the_creator = "The creator";
    typing: Plural = Plural::new("{} is typing…", "{} are typing…");
    typing_many: Plural = Plural::new("{} person is typing…", "{} people are typing…");
    new = "New";
    to_newest = "To the newest";
    new_messages: Plural = Plural::new("{} new message", "{} new messages");

    // A message.
    message = "Message";
    send = "Send";
    sending = "sending…";
    sent = "sent";
    not_sent = "Not sent.";
    try_again = "Try again";
    discard = "Discard";
    picture = "A picture";
    voice = "A voice message";
    newer_kind = "This message needs a newer page. Reload to see it.";
    earlier_message = "An earlier message";
    message_menu = "Message menu";
    reply = "Reply";
    answer_to = "Answer to";
    reply_not = "Do not answer it";
    copy_text = "Copy text";
    copy_refused = "Your browser does not let us copy";
    edit = "Edit";
    editing = "Editing";
    edit_not = "Stop editing";
    edit_save = "Save";
    edited = "edited";
    delete = "Delete…";
    delete_title = "Delete this message for everybody?";
    delete_now = "Delete";
    deleted = "This message was deleted";
    react = "React";
    more_reactions = "More reactions";

    // Pictures.
    pictures = "Pictures";
    camera = "Camera";
    share_pictures = "Share pictures";
    take_picture = "Take a picture";
    drop_pictures = "Drop pictures to share them";
    preparing = "Preparing pictures…";
    to_send: Plural = Plural::or_none("", "{} picture to send", "{} pictures to send");
    pictures_to_send = "Pictures to send";
    at_once = "{} pictures can be sent at once. Send these first, then the others.";
    no_picture = "“{}” cannot be shared: it is no picture that this browser can show. Save it as JPEG, PNG, WebP or GIF, and try again.";
    too_large_picture = "“{}” is too large: moving pictures can have up to 10 MB. Make it shorter.";
    dismiss = "Dismiss";
    remove_picture = "Remove this picture";
    describe = "Describe it";
    describe_hint = "Description of this picture, for those who do not see it (optional)";
    waiting = "waiting…";
    sending_picture = "Sending the picture";
    cancel = "Cancel";
    picture_failed = "This picture could not be loaded.";
    save_picture = "Save picture";
    of_many = "{} of {}";
    smaller = "Smaller";
    larger = "Larger";
    earlier_picture = "Earlier picture";
    later_picture = "Later picture";

    // Voice messages.
    record = "Record a voice message";
    microphone_asked = "Your browser asks whether this page may use the microphone.";
    microphone_refused = "This page may not use the microphone. Allow it beside the address of the page, then try again.";
    microphone_missing = "No microphone was found. Connect one, then try again.";
    microphone_busy = "The microphone cannot be used right now. Close what else uses it, then try again.";
    microphone_impossible = "This browser cannot record here. Use a newer one, and an address that begins with https.";
    recording = "Recording";
    recording_paused = "The recording is paused";
    recording_ready = "Recording to send";
    recording_delete = "Delete the recording";
    recording_pause = "Pause the recording";
    recording_resume = "Go on recording";
    recording_stop = "Stop and listen";
    sending_voice = "Sending the recording";
    voice_play = "Play";
    voice_pause = "Pause";
    voice_position = "Position";
    voice_speed = "Speed {}";
    voice_failed = "This recording could not be played. Try again.";

    // Without JavaScript.
    in_as = "You are in as {}";
    talking_needs_script = "Talking live needs JavaScript. Turn it on for this page, and the conversation appears here.";
    end_this = "End this chat for everybody";
    lock = "Lock: nobody new can join";
    unlock = "Let new people in again";
    allow_text = "Allow only text";
    allow_all = "Allow pictures and voice again";
}

#[cfg(feature = "ssr")]
keys! {
    /// What only the server says.
    Pages, PAGES:

    home_title = "Instant Chat: a chat, one link away";
    hero = "A chat, one link away.";
    lead = "Start a room, share the link, talk. No account, no app, and gone in 24 hours.";
    hero_small = "Nothing is kept unless you say so.";
    how_it_works = "How it works";
    step_start = "Start";
    step_start_words = "One click makes a room. Choose whether its history is kept for those who come later.";
    step_share = "Share";
    step_share_words = "Copy the link, send it, or show the code. Whoever has it can join.";
    step_talk = "Talk";
    step_talk_words = "Type a name and you are in. After 24 hours, or when you end it, the room is gone.";
    preview: [&'static str; 4] = [
        "Are we still on for Saturday?",
        "I can bring the tent 🏕️",
        "Yes! Meet at the north gate at nine",
        "Perfect, see you there",
    ];
    preview_sent = "14:03 · sent";
    preview_typing = "Maya is typing…";
    saved_at = "Saved on {}";
    room_title = "Chat";
    invitation = "You are invited to a chat";
    invitation_words = "Type a name and you are in. No account, no app, and gone in 24 hours.";
    gone_ended = "This chat has ended";
    gone_expired = "This chat is over";
    gone_unknown = "No chat here";
    gone_removed = "You were removed from this chat";
    gone_other = "That did not work";
    nothing_behind = "There is nothing behind this address. Check that it is complete.";
    nothing_left = "Nothing that was said here is left.";
    offline_title = "You are offline";
    offline_words = "This page needs a connection. Chats go on without you, and are there again when it is back.";
    offline_again = "Try again";
    start_new = "Start a new chat";
    /// Names for those who have none in mind: any adjective goes with any animal.
    adjectives: [&'static str; 16] = [
        "Amber", "Brave", "Calm", "Clever", "Cosy", "Gentle", "Happy", "Honest", "Jolly", "Kind", "Lucky", "Merry",
        "Quiet", "Sunny", "Swift", "Wise",
    ];
    animals: [&'static str; 16] = [
        "Badger", "Beaver", "Finch", "Fox", "Hare", "Heron", "Lynx", "Magpie", "Marten", "Mole", "Otter", "Owl",
        "Robin", "Seal", "Swan", "Wren",
    ];
    animal_first: bool = false;
}
