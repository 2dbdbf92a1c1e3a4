internal import Hearsay

/// How far a record that is not there as a whole was searched for its end.
///
/// The next search goes on from there: a record takes linear time however small the pieces in which it arrives.
struct RecordScan: Sendable {
  /// How many bytes of the record were searched.
  var count = 0
  /// What the next byte of a CSV row belongs to.
  var field = Field.start
  /// How many bytes were there when the head of the record was last read.
  var headCount = 0
  /// Whether the record has no head that says how long it is.
  var isHeadless = false
  /// What the head of the record says of it, once the head was read.
  var announcement: Announcement?

  /// The place in a field of CSV.
  enum Field: Sendable {
    /// At its first byte.
    case start
    /// In a value without quotation marks, or after the closing one.
    case plain
    /// Within quotation marks.
    case quoted
  }
}
