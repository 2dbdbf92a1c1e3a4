/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: String
  /// From the start of the text, in bytes.
  public var byteOffset: Int

  public init(_ message: String, at byteOffset: Int) {
    self.message = message
    self.byteOffset = byteOffset
  }

  public var description: String { "\(message) at byte \(byteOffset)" }
}

/// Reads JSON from bytes, value by value (RFC 8259). Nesting is bounded.
public struct JSONReader: ~Escapable {
  let text: Swift.Span<UInt8>
  /// The offset of the next byte to read.
  public internal(set) var position = 0
  /// How deep arrays and objects may stand in each other.
  public static let maximumDepth = 128

  /// A reader of `text`, which must be valid UTF-8: see `[UInt8].isValidUTF8`.
  @_lifetime(copy text)
  public init(_ text: Swift.Span<UInt8>) { self.text = text }

  /// Reads `json` as one value with nothing after it.
  public static func value(of json: [UInt8]) throws(JSONError) -> JSONValue {
    guard json.isValidUTF8 else { throw JSONError("the JSON is not valid UTF-8", at: 0) }
    var reader = JSONReader(json.span)
    let value = try reader.value()
    try reader.expectEnd()
    return value
  }

  /// Fails where anything but white space is left.
  public mutating func expectEnd() throws(JSONError) {
    skipSpace()
    if position < text.count { throw JSONError("unexpected text after the JSON value", at: position) }
  }

  // MARK: Values

  /// Reads a value of any kind.
  public mutating func value() throws(JSONError) -> JSONValue { try value(depth: 0) }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < Self.maximumDepth else {
      throw JSONError("arrays and objects are nested deeper than \(Self.maximumDepth)", at: position)
    }
    switch try peek() {
    case UInt8(ascii: "{"):
      var members: [JSONValue.Member] = []
      position += 1
      var key = try nextKey(isFirst: true)
      while let name = key {
        members.append(JSONValue.Member(name, try value(depth: depth + 1)))
        key = try nextKey(isFirst: false)
      }
      return .object(members)
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      position += 1
      while try nextElement(isFirst: values.isEmpty) { values.append(try value(depth: depth + 1)) }
      return .array(values)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    default: return .number(try number())
    }
  }

  /// Steps into an object, or fails where the next value is none.
  public mutating func beginObject() throws(JSONError) {
    guard try peek() == UInt8(ascii: "{") else { throw JSONError("expected a JSON object", at: position) }
    position += 1
  }

  /// The next member's key, the reader then standing before its value; `nil` at the object's end.
  public mutating func nextKey(isFirst: Bool) throws(JSONError) -> String? {
    guard try stepToKey(isFirst: isFirst) else { return nil }
    let key = try string()
    try stepOverColon()
    return key
  }

  private mutating func skipKey(isFirst: Bool) throws(JSONError) -> Bool {
    guard try stepToKey(isFirst: isFirst) else { return false }
    try skipString()
    try stepOverColon()
    return true
  }

  /// Steps to the next member's key; after the object, and gives `false`, where there is none.
  private mutating func stepToKey(isFirst: Bool) throws(JSONError) -> Bool {
    let byte = try peek()
    if byte == UInt8(ascii: "}") {
      position += 1
      return false
    }
    if !isFirst {
      guard byte == UInt8(ascii: ",") else { throw JSONError("expected ',' or '}' in an object", at: position) }
      position += 1
    }
    guard try peek() == UInt8(ascii: "\"") else { throw JSONError("expected a key in quotation marks", at: position) }
    return true
  }

  private mutating func stepOverColon() throws(JSONError) {
    guard try peek() == UInt8(ascii: ":") else { throw JSONError("expected ':' after a key", at: position) }
    position += 1
  }

  private mutating func nextElement(isFirst: Bool) throws(JSONError) -> Bool {
    let byte = try peek()
    if byte == UInt8(ascii: "]") {
      position += 1
      return false
    }
    if isFirst { return true }
    guard byte == UInt8(ascii: ",") else { throw JSONError("expected ',' or ']' in an array", at: position) }
    position += 1
    return true
  }

  private mutating func number() throws(JSONError) -> String {
    let start = position
    try skipNumber()
    return String(decoding: [UInt8](copying: text, start..<position), as: UTF8.self)
  }

  private mutating func skipNumber() throws(JSONError) {
    let start = position
    if position < text.count, text[position] == UInt8(ascii: "-") { position += 1 }
    let whole = digits()
    guard whole == 1 || whole > 1 && text[position - whole] != UInt8(ascii: "0") else {
      throw JSONError("expected a JSON value", at: start)
    }
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      guard digits() > 0 else { throw JSONError("a number ends in '.'", at: start) }
    }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < text.count, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
        position += 1
      }
      guard digits() > 0 else { throw JSONError("a number has no exponent", at: start) }
    }
  }

  private mutating func digits() -> Int {
    let start = position
    while position < text.count, text[position] >= UInt8(ascii: "0"), text[position] <= UInt8(ascii: "9") {
      position += 1
    }
    return position - start
  }

  private mutating func word(_ word: String) throws(JSONError) {
    let end = position + word.utf8.count
    guard end <= text.count, [UInt8](copying: text, position..<end) == Array(word.utf8) else {
      throw JSONError("expected a JSON value", at: position)
    }
    position = end
  }

  // MARK: Skipping

  /// Steps over a value of any kind and gives its bytes.
  public mutating func rawValue() throws(JSONError) -> [UInt8] {
    _ = try peek()
    let start = position
    try skipValue()
    return [UInt8](copying: text, start..<position)
  }

  /// Steps over a value of any kind, checking it and building nothing.
  public mutating func skipValue() throws(JSONError) { try skipValue(depth: 0) }

  private mutating func skipValue(depth: Int) throws(JSONError) {
    guard depth < Self.maximumDepth else {
      throw JSONError("arrays and objects are nested deeper than \(Self.maximumDepth)", at: position)
    }
    var isFirst = true
    switch try peek() {
    case UInt8(ascii: "{"):
      position += 1
      while try skipKey(isFirst: isFirst) {
        isFirst = false
        try skipValue(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      position += 1
      while try nextElement(isFirst: isFirst) {
        isFirst = false
        try skipValue(depth: depth + 1)
      }
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
    default: _ = try value()
    }
  }

  mutating func peek() throws(JSONError) -> UInt8 {
    skipSpace()
    guard position < text.count else { throw JSONError("the JSON ends too early", at: position) }
    return text[position]
  }

  private mutating func skipSpace() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }
}

extension [UInt8] {
  /// The bytes of `range` of `text`.
  public init(copying text: Swift.Span<UInt8>, _ range: Range<Int>) {
    self = unsafe text.extracting(range).withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// Appends the bytes of `range` of `text`.
  public mutating func append(copying text: Swift.Span<UInt8>, _ range: Range<Int>) {
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
