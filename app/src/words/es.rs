//! Spanish.

#[cfg(feature = "ssr")]
use super::Pages;
use super::{Plural, Words};
use crate::error::Code;

pub(super) const WORDS: Words = Words {
    // Spans and lists.
    hours_minutes: "{} h {} min",
    minutes: "{} min",
    seconds: "{} s",
    list_and: " y ",
    list_comma: ", ",
    and_others: Plural::new(" y {} más", " y {} más"),

    // Days and times.
    today: "Hoy",
    yesterday: "Ayer",
    tomorrow: "Mañana",
    today_at: ", hoy a las {}",
    tomorrow_at: ", mañana a las {}",
    at: ", {} a las {}",

    // Everywhere.
    close: "Cerrar",
    copy: "Copiar",
    copied: "Copiado",
    more: "Más",
    language: "Idioma",
    error: Some(error),

    // Starting a chat.
    start: "Iniciar Instant Chat",
    start_title: "Iniciar un chat",
    ready_title: "Tu chat está listo",
    ready_hint: "Quien tenga este enlace puede entrar durante las próximas 24 horas.",
    your_name: "Tu nombre",
    optional: "(opcional)",
    name_later: "También puedes elegirlo después",
    keep_history: "Guardar el historial",
    history_off: "No: quien llegue después verá solo lo que se diga desde entonces. No se guarda nada.",
    history_on: "Sí: quien llegue después puede leer todo desde el principio, hasta que termine el chat.",
    create: "Crear chat",
    creating: "Creando…",

    // The link.
    link_copied: "Enlace copiado.",
    link_selected: "El enlace está seleccionado: cópialo desde aquí.",
    qr: "Código QR del enlace",
    share: "Compartir",
    enter: "Entrar al chat",
    invite: "Invitar",
    invite_title: "Invitar a otras personas",
    invite_hint: "Quien tenga este enlace puede entrar.",

    // The door.
    invited: "Te han invitado a chatear",
    nothing_yet: "No pasa nada hasta que entres.",
    inside: Plural::or_none("No hay nadie dentro", "Hay {} persona dentro", "Hay {} personas dentro"),
    history_kept: "Con historial: quien llegue después puede leerlo, hasta que termine el chat",
    history_not_kept: "Sin historial: verás lo que se diga a partir de ahora",
    ends_in: "Termina en {}",
    no_idea: "¿Sin ideas? Prueba {}",
    join: "Entrar al chat",
    joining: "Entrando…",
    join_needs_script: "Puedes entrar sin JavaScript, pero para leer y escribir hace falta: actívalo para esta página.",

    // The room's bar and menus.
    chat: "Chat",
    connecting: "Conectando…",
    here: Plural::new("{} aquí", "{} aquí"),
    in_this_chat: "En este chat",
    person_you: "tú",
    person_here: "aquí",
    person_away: "ausente",
    countdown_hint: "Cuando se acabe este tiempo, el chat desaparece",
    countdown_ended: "Terminado",
    leave: "Salir del chat",
    end_for_all: "Terminar el chat para todos…",
    when_hidden: "Cuando esta página no se ve",
    sound: "Sonido",
    notifications: "Notificaciones",
    mute: "Silenciar este chat",
    notifications_refused: "Tu navegador no permite notificaciones de este sitio.",
    new_message_from: "Nuevo mensaje de {}",

    // The end.
    end_title: "¿Terminar este chat para todos?",
    end_hint: "Se borran todos los mensajes y el enlace deja de funcionar. No se puede deshacer.",
    end_keep: "Conservarlo",
    end_now: "Terminar chat",
    ending: "Terminando…",
    ended: "Este chat ha terminado",
    expired: "Este chat ha terminado: se acabó su tiempo",
    ended_hint: "Lo que aún ves desaparece al cerrar esta página. Nadie puede volver a abrirla.",
    start_another: "Iniciar otro",

    // The conversation.
    messages: "Mensajes",
    say_hello: "Saluda",
    hello_kept: "Quien llegue después podrá leerlo, hasta que termine el chat.",
    hello_live: "Solo lo verá quien esté aquí ahora. No se guarda nada.",
    nothing_said: "Aquí no se dijo nada",
    reconnecting: "Reconectando… lo que escribas se envía cuando vuelva la conexión.",
    resynced: "Has estado fuera un rato: los mensajes anteriores ya no se pueden mostrar.",
    you: "Tú",
    and_you: "tú",
    somebody: "Alguien",
    joined: Plural::new("Se une: {}", "Se unen: {}"),
    left: Plural::new("Sale: {}", "Salen: {}"),
    typing: Plural::new("{} está escribiendo…", "{} están escribiendo…"),
    typing_many: Plural::new("{} persona está escribiendo…", "{} personas están escribiendo…"),
    new: "Nuevo",
    to_newest: "Ir a lo último",
    new_messages: Plural::new("{} mensaje nuevo", "{} mensajes nuevos"),

    // A message.
    message: "Mensaje",
    send: "Enviar",
    sending: "enviando…",
    sent: "enviado",
    not_sent: "No se envió.",
    try_again: "Reintentar",
    discard: "Descartar",
    picture: "Una imagen",
    voice: "Un mensaje de voz",
    newer_kind: "Este mensaje necesita una página más reciente. Recárgala para verlo.",
    earlier_message: "Un mensaje anterior",
    message_menu: "Menú del mensaje",
    reply: "Responder",
    answer_to: "Respuesta a",
    reply_not: "No responder a este",
    copy_text: "Copiar texto",
    copy_refused: "Tu navegador no nos deja copiar",

    // Without JavaScript.
    in_as: "Has entrado como {}",
    talking_needs_script: "Para conversar hace falta JavaScript. Actívalo para esta página y la conversación aparecerá aquí.",
    end_this: "Terminar este chat para todos",
};

const fn error(code: Code) -> &'static str {
    match code {
        Code::InvalidRequest => "No se entendió la petición.",
        Code::NotJoined => "Primero entra al chat.",
        Code::NotCreator => "Solo puede hacerlo quien inició el chat.",
        Code::ForbiddenOrigin => "Esta página no puede hablar con este servidor.",
        Code::UnknownChat => "No hay ningún chat en este enlace. Comprueba que esté completo.",
        Code::UnknownMedia => "Ese archivo no está en este chat.",
        Code::RoomFull => "Este chat está lleno. Inténtalo de nuevo cuando alguien salga.",
        Code::ChatMediaFull => "En este chat ya no hay espacio para archivos.",
        Code::Ended => "Quien inició este chat lo ha terminado.",
        Code::Expired => "Este chat ha terminado: pasaron sus 24 horas.",
        Code::TooLarge => "Es demasiado grande para enviarlo.",
        Code::UnsupportedMedia => "Ese tipo de archivo no se puede compartir aquí.",
        Code::InvalidName => "Elige un nombre de 1 a 40 letras.",
        Code::InvalidMessage => "Ese mensaje no se puede enviar.",
        Code::RateLimited => "Demasiado rápido. Espera un momento e inténtalo de nuevo.",
        Code::Internal => "Algo falló por nuestra parte. Inténtalo de nuevo.",
        Code::MediaFull => "No queda espacio para archivos. Inténtalo más tarde.",
        Code::Unavailable => "Ahora mismo no se puede acceder al chat. Inténtalo dentro de un momento.",
    }
}

#[cfg(feature = "ssr")]
pub(super) const PAGES: Pages = Pages {
    home_title: "Instant Chat: un chat a un enlace de distancia",
    hero: "Un chat a un enlace de distancia.",
    lead: "Inicia un chat, comparte el enlace, habla. Sin cuenta, sin aplicación, y en 24 horas desaparece.",
    hero_small: "No se guarda nada, salvo que tú quieras.",
    how_it_works: "Cómo funciona",
    step_start: "Inicia",
    step_start_words: "Un clic crea el chat. Elige si se guarda su historial para quien llegue después.",
    step_share: "Comparte",
    step_share_words: "Copia el enlace, envíalo o muestra el código. Quien lo tenga puede entrar.",
    step_talk: "Habla",
    step_talk_words: "Escribe un nombre y ya estás dentro. A las 24 horas, o cuando lo termines, el chat desaparece.",
    preview: [
        "¿Sigue en pie lo del sábado?",
        "Puedo llevar la tienda 🏕️",
        "¡Sí! A las nueve en la puerta norte",
        "Perfecto, nos vemos allí",
    ],
    preview_sent: "14:03 · enviado",
    preview_typing: "Maya está escribiendo…",
    room_title: "Chat",
    invitation: "Te han invitado a un chat",
    invitation_words: "Escribe un nombre y ya estás dentro. Sin cuenta, sin aplicación, y en 24 horas desaparece.",
    gone_ended: "Este chat ha terminado",
    gone_expired: "Este chat ha caducado",
    gone_unknown: "Aquí no hay ningún chat",
    gone_other: "No ha funcionado",
    nothing_behind: "No hay nada en esta dirección. Comprueba que esté completa.",
    nothing_left: "No queda nada de lo que se dijo aquí.",
    start_new: "Iniciar un chat nuevo",
    adjectives: [
        "Alegre", "Amable", "Astuto", "Audaz", "Bueno", "Cortés", "Dorado", "Feliz", "Fuerte", "Gentil", "Leal",
        "Noble", "Sabio", "Sereno", "Valiente", "Veloz",
    ],
    animals: [
        "Búho", "Caballo", "Canario", "Castor", "Ciervo", "Cisne", "Colibrí", "Delfín", "Erizo", "Gorrión", "Halcón",
        "Lince", "Mirlo", "Oso", "Tejón", "Zorro",
    ],
    animal_first: true,
};
