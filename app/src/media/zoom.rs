//! How a picture that is looked at is enlarged and moved.

/// The most that it is enlarged.
const MOST: f64 = 8.0;
/// As much as a double tap enlarges.
pub(crate) const CLOSER: f64 = 2.5;

/// What is seen of a picture: enlarged so much, moved so far (CSS pixels) from the middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Zoom {
    pub(crate) scale: f64,
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Default for Zoom {
    fn default() -> Self {
        Self {
            scale: 1.0,
            x: 0.0,
            y: 0.0,
        }
    }
}

impl Zoom {
    /// Whether more than the picture's own size is seen.
    pub(crate) fn is_close(self) -> bool {
        self.scale > 1.01
    }

    /// Enlarged by `factor`, with what is at `point` (from the middle of the `stage`) staying there.
    pub(crate) fn by(self, factor: f64, point: (f64, f64), stage: (f64, f64)) -> Self {
        let scale = (self.scale * factor).clamp(1.0, MOST);
        let grown = scale / self.scale;
        Self {
            scale,
            x: point.0 - (point.0 - self.x) * grown,
            y: point.1 - (point.1 - self.y) * grown,
        }
        .within(stage)
    }

    /// Moved, as far as there is something to be seen.
    pub(crate) fn moved(self, (x, y): (f64, f64), stage: (f64, f64)) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..self
        }
        .within(stage)
    }

    fn within(self, stage: (f64, f64)) -> Self {
        let most = |length: f64| (self.scale - 1.0) * length / 2.0;
        Self {
            x: self.x.clamp(-most(stage.0), most(stage.0)),
            y: self.y.clamp(-most(stage.1), most(stage.1)),
            ..self
        }
    }

    /// As CSS has it, in whole numbers: printing a fraction takes more code than all of this.
    #[expect(clippy::cast_possible_truncation, reason = "bounded by a screen")]
    pub(crate) fn css(self) -> String {
        let (x, y, percent) = (self.x as i32, self.y as i32, (self.scale * 100.0) as i32);
        format!("translate({x}px, {y}px) scale(calc({percent} / 100))")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: (f64, f64) = (400.0, 800.0);

    #[test]
    fn what_is_pointed_at_stays_where_it_is() {
        let zoom = Zoom::default().by(2.0, (100.0, -50.0), STAGE);
        assert_eq!(
            zoom,
            Zoom {
                scale: 2.0,
                x: -100.0,
                y: 50.0
            }
        );
        assert_eq!(zoom.by(0.5, (100.0, -50.0), STAGE), Zoom::default());
    }

    #[test]
    fn it_is_enlarged_eight_times_and_not_made_smaller() {
        assert!((Zoom::default().by(100.0, (0.0, 0.0), STAGE).scale - MOST).abs() < f64::EPSILON);
        assert_eq!(Zoom::default().by(0.1, (9.0, 9.0), STAGE), Zoom::default());
    }

    #[test]
    fn it_is_not_moved_out_of_sight() {
        assert_eq!(Zoom::default().moved((50.0, 50.0), STAGE), Zoom::default());
        let close = Zoom::default().by(2.0, (0.0, 0.0), STAGE).moved((999.0, -999.0), STAGE);
        assert_eq!((close.x, close.y), (200.0, -400.0));
    }
}
