/// Replacements in a text, collected in order and carried out at once by `Document.apply(_:)`.
///
/// Offsets are bytes of the text before the edits. Collecting nothing costs nothing.
public struct TextEdits: Sendable {
  struct Edit: Sendable {
    var span: Span
    /// How many bytes of `inserted` take the span's place.
    var count: Int
  }

  private(set) var edits: [Edit] = []
  /// The bytes of all replacements, one after the other.
  private(set) var inserted: [UInt8] = []

  public init() {}

  public var isEmpty: Bool { edits.isEmpty }
  /// The number of replacements.
  public var count: Int { edits.count }
  /// The end of the last replaced span: the next edit must not begin before it.
  public var end: Int { edits.last?.span.end ?? 0 }

  /// Replaces `span` by `bytes`, which must be valid UTF-8. An edit that begins before `end` is left out.
  ///
  /// - Returns: Whether the edit was taken.
  @discardableResult
  public mutating func replace(_ span: Span, with bytes: some Collection<UInt8>) -> Bool {
    guard span.start >= end else { return false }
    edits.append(Edit(span: span, count: bytes.count))
    inserted.append(contentsOf: bytes)
    return true
  }

  /// Replaces `span` by the UTF-8 of `text`. An edit that begins before `end` is left out.
  @discardableResult
  public mutating func replace(_ span: Span, with text: StaticString) -> Bool {
    unsafe replace(span, with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Removes `span`.
  @discardableResult
  public mutating func remove(_ span: Span) -> Bool { replace(span, with: EmptyCollection()) }

  /// Puts `bytes`, valid UTF-8, before the byte at `offset`.
  @discardableResult
  public mutating func insert(_ bytes: some Collection<UInt8>, at offset: Int) -> Bool {
    replace(Span(offset, offset), with: bytes)
  }

  /// Whether what they make of valid UTF-8 is valid: no edit parts a code point, and what is put in is valid by itself.
  func keepValidity(of text: [UInt8]) -> Bool {
    func isBetweenScalars(_ bytes: [UInt8], _ offset: Int) -> Bool {
      offset >= bytes.count || !bytes[offset].isUTF8Continuation
    }
    var taken = 0
    for edit in edits where edit.span.end <= text.count {
      guard isBetweenScalars(text, edit.span.start), isBetweenScalars(text, edit.span.end),
        isBetweenScalars(inserted, taken)
      else { return false }
      taken += edit.count
    }
    return inserted.isValidUTF8
  }

  /// The edited text, and the map from it back to `text`.
  public func applied(to text: [UInt8]) -> (text: [UInt8], map: OffsetMap) {
    var output: [UInt8] = []
    output.reserveCapacity(text.count + inserted.count)
    var runs: [OffsetMap.Run] = []
    runs.reserveCapacity(edits.count + 1)
    var read = 0
    var taken = 0
    for edit in edits where edit.span.end <= text.count {
      runs.append(OffsetMap.Run(output: output.count, input: read, count: edit.span.start - read))
      output.append(contentsOf: text[read..<edit.span.start])
      output.append(contentsOf: inserted[taken..<taken + edit.count])
      taken += edit.count
      read = edit.span.end
    }
    runs.append(OffsetMap.Run(output: output.count, input: read, count: text.count - read))
    output.append(contentsOf: text[read...])
    return (output, OffsetMap(inputCount: text.count, outputCount: output.count, runs: runs))
  }
}
