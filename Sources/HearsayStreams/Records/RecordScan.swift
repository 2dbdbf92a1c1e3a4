/// How far an incomplete record was searched for its end.
///
/// The next search resumes there: a record takes linear time however small the pieces in which it arrives.
struct RecordScan: Sendable {
  /// How many bytes of the record were searched.
  var count = 0
  /// The field of a CSV row that the next byte belongs to.
  var field = FieldState.start
  /// How many bytes of the record were there when its header was last parsed.
  var headerCount = 0
  /// Whether the record has no header that states its length.
  var lacksHeader = false
  /// The header of the record, once it was parsed.
  var header: RecordHeader?

  /// A position in a field of CSV.
  enum FieldState: Sendable {
    /// At its first byte.
    case start
    /// In a value without quotation marks, or after the closing one.
    case plain
    /// Within quotation marks.
    case quoted
  }
}
