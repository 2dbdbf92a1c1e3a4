/// What the header of a length-prefixed record states.
struct RecordHeader {
  /// The length of the whole record, header included.
  let byteCount: Int
  /// The kind of the record, in the plural, where records of this kind are left out; `nil` where it is read.
  var omittedKind: String?
}
