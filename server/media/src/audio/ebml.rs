//! WebM: which tracks are in it, by their own elements.

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
/// Sound or pictures, from here on.
const CLUSTER: u32 = 0x1F43_B675;

/// A [`TRACK_TYPE`].
const SOUND: &[u8] = &[2];

/// Elements of one parent that are looked at. A recorder writes less than ten before the sound begins, a program that
/// adds an index some more.
const ELEMENTS_MAX: usize = 200;

struct Element<'a> {
    id: u32,
    content: &'a [u8],
}

/// The elements in a row of them. It ends where they do, and where what follows is none.
struct Elements<'a>(&'a [u8]);

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let mut rest = self.0;
        let id = number(&mut rest, 4, true)?.0;
        let (length, is_known) = number(&mut rest, 8, false)?;
        let id = u32::try_from(id).ok()?;
        let length = usize::try_from(length).ok()?;
        let content = match rest.get(..length) {
            Some(content) if is_known => content,
            // What is recorded live has no length, or ends before it: it goes to the end of the file. All else has to
            // be there.
            _ if matches!(id, SEGMENT | CLUSTER) => rest,
            _ => return None,
        };
        self.0 = &rest[content.len()..];
        Some(Element { id, content })
    }
}

/// A number of up to `most` bytes, which says its own length by the zeros that it begins with; and whether it is one,
/// rather than all ones, which stands for "unknown". An id keeps the bit that ends the zeros.
fn number(rest: &mut &[u8], most: u32, is_id: bool) -> Option<(u64, bool)> {
    let first = *rest.first()?;
    let zeros = first.leading_zeros();
    if zeros >= most {
        return None;
    }
    let (bytes, left) = rest.split_at_checked(usize::try_from(zeros).ok()? + 1)?;
    *rest = left;
    let all = bytes.iter().fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    let bits = 7 * (zeros + 1);
    let ones = (1_u64 << bits) - 1;
    Some((if is_id { all } else { all & ones }, all & ones != ones))
}

/// Elements in a row. `None` where they are more than are looked at: what is not looked at may be anything.
fn few<'a>(elements: impl Iterator<Item = Element<'a>>) -> Option<Vec<Element<'a>>> {
    let few: Vec<_> = elements.take(ELEMENTS_MAX + 1).collect();
    (few.len() <= ELEMENTS_MAX).then_some(few)
}

fn children(content: &[u8]) -> Option<Vec<Element<'_>>> {
    few(Elements(content))
}

/// Whether it is WebM, and each of its tracks is Opus. They are said before the sound begins.
pub(super) fn is_opus(bytes: &[u8]) -> bool {
    tracks(bytes).is_some_and(|tracks| !tracks.is_empty() && tracks.iter().all(|track| is_opus_track(track.content)))
}

/// The tracks of a WebM file.
fn tracks(bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut top = Elements(bytes).take(ELEMENTS_MAX);
    let head = top.next().filter(|head| head.id == EBML)?;
    let is_webm = |say: &Element<'_>| say.id == DOC_TYPE && text(say.content) == b"webm";
    children(head.content)?.iter().find(|say| is_webm(say))?;
    let segment = top.find(|element| element.id == SEGMENT)?;
    let before_sound = Elements(segment.content).take_while(|element| element.id != CLUSTER);
    let mut tracks = Vec::new();
    for said in few(before_sound)?.iter().filter(|element| element.id == TRACKS) {
        tracks.extend(
            children(said.content)?
                .into_iter()
                .filter(|element| element.id == TRACK),
        );
    }
    Some(tracks)
}

fn is_opus_track(track: &[u8]) -> bool {
    let Some(said) = children(track) else { return false };
    let all = |id: u32, is_right: fn(&[u8]) -> bool| {
        let mut said = said.iter().filter(|element| element.id == id).peekable();
        said.peek().is_some() && said.all(|element| is_right(element.content))
    };
    all(TRACK_TYPE, |kind| kind == SOUND) && all(CODEC, |codec| text(codec) == b"A_OPUS")
}

/// A text may be followed by zeros.
fn text(content: &[u8]) -> &[u8] {
    content.split(|byte| *byte == 0).next().unwrap_or_default()
}
