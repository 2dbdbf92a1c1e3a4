/// Appends JSON to a byte buffer, commas included. The caller keeps objects and arrays balanced.
public struct JSONWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  public init() {}

  /// Forgets what was written and keeps the buffer.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// Ends a line of JSON Lines.
  public mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// An object member's key; its value must be written next.
  public mutating func key(named key: String) {
    string(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// An object member's key that the program spells: nothing in it needs an escape. Its value must be written next.
  public mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  public mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  public mutating func int(_ value: Int) {
    separate()
    append(value)
  }

  /// A number with at most three decimals, the precision of scores and confidences. What is not finite becomes `null`.
  public mutating func decimal(_ value: Double) {
    guard value.isFinite, abs(value) < 1e15 else { return null() }
    separate()
    var thousandths = Int((value * 1000).rounded())
    if thousandths < 0 {
      bytes.append(UInt8(ascii: "-"))
      thousandths = -thousandths
    }
    append(thousandths / 1000)
    var fraction = thousandths % 1000
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var unit = 100
    while fraction > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(fraction / unit))
      fraction %= unit
      unit /= 10
    }
  }

  public mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { buffer in unsafe string(Swift.Span(_unsafeElements: buffer)) }
  }

  /// A string of the UTF-8 in `text`.
  public mutating func string(_ text: Swift.Span<UInt8>) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    var i = text.endOfPlainString(from: 0)
    while i < text.count {
      append(text, start..<i)
      escape(text[i])
      start = i + 1
      i = text.endOfPlainString(from: start)
    }
    append(text, start..<text.count)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Bytes that are one JSON value already.
  public mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
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
  public mutating func spans(_ spans: some Sequence<Span>, of document: Document, offsets: ScalarOffsets) {
    beginArray()
    for span in spans {
      beginArray()
      int(offsets.scalarOffset(ofByte: span.start, in: document.utf8.span))
      int(offsets.scalarOffset(ofByte: span.end, in: document.utf8.span))
      endArray()
    }
    endArray()
  }

  /// The members `spans` and `text` of something that the document mentions.
  public mutating func mention(_ spans: SpanList, of document: Document, offsets: ScalarOffsets) {
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

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func append(_ text: Swift.Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func append(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    // Twenty digits are enough for 64 bits.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = 20
      repeat {
        start -= 1
        unsafe digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start..<20]))
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
