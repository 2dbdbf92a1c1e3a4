/// Appends JSON to a byte buffer, commas included. The caller keeps objects and arrays balanced.
///
/// It owns its buffer and cannot be copied.
public struct JSONWriter: ~Copyable, Sendable {
  private var buffer: ByteBuffer
  private var needsComma = false

  /// A writer with room for about `capacity` bytes; it grows where that is not enough.
  public init(capacity: Int = 256) { buffer = ByteBuffer(capacity: capacity) }

  /// A copy of what was written so far.
  public var bytes: [UInt8] { buffer.bytes }

  /// What was written so far, where it lies.
  public var span: Swift.Span<UInt8> {
    @_lifetime(borrow self) get { buffer.span }
  }

  /// The number of bytes written so far.
  public var count: Int { buffer.count }

  /// Appends what was written so far to `bytes`.
  public func append(to bytes: inout [UInt8]) { buffer.append(to: &bytes) }

  /// Forgets what was written and keeps the buffer.
  public mutating func removeAll() {
    buffer.removeAll()
    needsComma = false
  }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Ends a line of JSON Lines.
  public mutating func newline() {
    buffer.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// An object member's key; its value must be written next.
  public mutating func key(named key: String) {
    string(key)
    buffer.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// An object member's key that the program spells: nothing in it needs an escape. Its value must be written next.
  @inline(__always)
  public mutating func key(_ key: StaticString) {
    let comma = needsComma ? 1 : 0
    let length = key.utf8CodeUnitCount
    unsafe buffer.write(atMost: length + 4) { room in
      unsafe room[0] = UInt8(ascii: ",")
      let quote = unsafe room + comma
      unsafe quote[0] = UInt8(ascii: "\"")
      unsafe (quote + 1).update(from: key.utf8Start, count: length)
      unsafe quote[length + 1] = UInt8(ascii: "\"")
      unsafe quote[length + 2] = UInt8(ascii: ":")
      return comma + length + 3
    }
    needsComma = false
  }

  public mutating func null() { word("null") }

  public mutating func bool(_ value: Bool) { word(value ? "true" : "false") }

  public mutating func int(_ value: Int) {
    separate()
    unsafe buffer.write(atMost: 20) { unsafe $0.writeDecimal(value) }
  }

  /// A number with at most three decimals, the precision of scores and confidences. What is not finite becomes `null`.
  public mutating func decimal(_ value: Double) {
    guard value.isFinite, abs(value) < 1e15 else { return null() }
    separate()
    let thousandths = Int((value * 1000).rounded())
    unsafe buffer.write(atMost: 25) { room in
      var count = 0
      // The sign on its own: a whole part of 0 has none.
      if thousandths < 0 {
        unsafe room[0] = UInt8(ascii: "-")
        count = 1
      }
      count += unsafe (room + count).writeDecimal(abs(thousandths) / 1000)
      var fraction = abs(thousandths) % 1000
      guard fraction > 0 else { return count }
      unsafe room[count] = UInt8(ascii: ".")
      count += 1
      var unit = 100
      while fraction > 0 {
        unsafe room[count] = UInt8(ascii: "0") + UInt8(fraction / unit)
        count += 1
        fraction %= unit
        unit /= 10
      }
      return count
    }
  }

  public mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { buffer in unsafe string(Swift.Span(_unsafeElements: buffer)) }
  }

  /// A string of the UTF-8 in `text`.
  public mutating func string(_ text: Swift.Span<UInt8>) {
    separate()
    buffer.append(UInt8(ascii: "\""))
    buffer.appendEscaped(text)
    buffer.append(UInt8(ascii: "\""))
  }

  /// Bytes that are one JSON value already.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    buffer.append(json.span)
  }

  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let spelling): raw(Array(spelling.utf8))
    case .string(let text): string(text)
    case .array(let values):
      beginArray()
      for value in values { self.value(value) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members { self.member(named: member.key, member.value) }
      endObject()
    }
  }

  // MARK: Members

  public mutating func member(named key: String, _ value: JSONValue) {
    self.key(named: key)
    self.value(value)
  }

  public mutating func member(_ key: StaticString, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  public mutating func member(_ key: StaticString, _ value: String?) {
    self.key(key)
    if let value { string(value) } else { null() }
  }

  public mutating func member(_ key: StaticString, _ value: Int?) {
    self.key(key)
    if let value { int(value) } else { null() }
  }

  public mutating func member(_ key: StaticString, _ value: Double) {
    self.key(key)
    decimal(value)
  }

  // MARK: Spans

  /// A span list `[[s,e],…]` in code points of the document's text.
  public mutating func spans(_ spans: some Sequence<Span>, of document: Document, offsets: CodePointOffsets) {
    beginArray()
    for span in spans { pair(span, of: document, offsets: offsets) }
    endArray()
  }

  /// A span list `[[s,e],…]` in code points of the document's text.
  public mutating func spans(_ spans: SpanList, of document: Document, offsets: CodePointOffsets) {
    beginArray()
    for index in spans.indices { pair(spans[index], of: document, offsets: offsets) }
    endArray()
  }

  @inline(__always)
  private mutating func pair(_ span: Span, of document: Document, offsets: CodePointOffsets) {
    let start = offsets.codePointOffset(ofByte: span.start, in: document.bytes)
    let end = offsets.codePointOffset(ofByte: span.end, in: document.bytes)
    let comma = needsComma ? 1 : 0
    unsafe buffer.write(atMost: 44) { room in
      unsafe room[0] = UInt8(ascii: ",")
      unsafe room[comma] = UInt8(ascii: "[")
      var count = comma + 1
      count += unsafe (room + count).writeDecimal(start)
      unsafe room[count] = UInt8(ascii: ",")
      count += 1
      count += unsafe (room + count).writeDecimal(end)
      unsafe room[count] = UInt8(ascii: "]")
      return count + 1
    }
    needsComma = true
  }

  /// The members `spans` and `text` of something that the document mentions.
  public mutating func mention(_ spans: SpanList, of document: Document, offsets: CodePointOffsets) {
    key("spans")
    self.spans(spans, of: document, offsets: offsets)
    key("text")
    let text = document.utf8.span
    if spans.count == 1 {
      string(text.extracting(spans[0].range.clamped(to: 0..<text.count)))
    } else {
      string(document.text(in: spans))
    }
  }

  // MARK: Bytes

  @inline(__always)
  private mutating func separate() {
    if needsComma { buffer.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  @inline(__always)
  private mutating func open(_ bracket: UInt8) {
    separate()
    buffer.append(bracket)
    needsComma = false
  }

  @inline(__always)
  private mutating func close(_ bracket: UInt8) {
    buffer.append(bracket)
    needsComma = true
  }

  @inline(__always)
  private mutating func word(_ word: StaticString) {
    separate()
    word.withUTF8Buffer { unsafe buffer.append(Swift.Span(_unsafeElements: $0)) }
  }
}
