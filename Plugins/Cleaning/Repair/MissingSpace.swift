import HearsayText

/// A place where two words or sentences stood against each other and were taken apart.
struct MissingSpace {
  enum Kind {
    /// Two sentences: only the space between them was lost.
    case sentences
    /// A sentence that begins in its middle after a full stop: `Spain.with EU leaders`.
    case headless
    /// A cue and its colon with nothing between it and the next sentence: `Smith said:Jones was`.
    case cue
    /// A word that wants another after it: `talks of theLee said`.
    case function
  }

  /// Where the space goes, in bytes; a space that was put in stands at this byte of the text after the edits.
  var offset: Int
  var kind: Kind
}
