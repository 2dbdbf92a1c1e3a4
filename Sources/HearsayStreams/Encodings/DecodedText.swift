internal import Hearsay

/// The UTF-8 byte order mark.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// A text decoded to UTF-8, with warnings on its encoding.
///
/// A byte order mark takes precedence, and valid UTF-8 is not changed. Otherwise the encoding is the declared one, or
/// the one that is detected by the letters. Where there is none, single bytes that are not UTF-8 are read as
/// Windows-1252, the most frequent encoding of such files, and the rest of the text as UTF-8: pages assembled from
/// several sources mix the two.
struct DecodedText {
  private(set) var utf8: [UInt8] = []
  /// The encoding of the bytes, where they were not plain UTF-8: `utf-16le`, `utf-8-sig`, `windows-1252`, `koi8-r`, …
  private(set) var encoding: String?
  private(set) var warnings: [Warning] = []

  /// The empty text.
  init() {}

  /// - Parameters:
  ///   - declared: The charset that the text was sent with.
  ///   - isMarkup: Whether the text may declare its charset itself, as in HTML.
  init(_ bytes: Swift.Span<UInt8>, declared: String? = nil, isMarkup: Bool = false) {
    if let wide = UTF32Order(of: bytes), let encoding = TextEncoding(named: wide.rawValue) {
      take(encoding, bytes.extracting(4..<bytes.count), because: "as their byte order mark says")
      return
    }
    if let order = UTF16Order(of: bytes) {
      utf8 = [UInt8](utf16: bytes, from: 2, order)
      encoding = order.rawValue
      warn("the bytes from byte 0 on were read as \(order.rawValue.uppercased()), as their byte order mark says")
      return
    }
    if let encoding = TextEncoding(zerosIn: bytes) {
      take(encoding, bytes, because: "as their zeros show")
      return
    }
    let charset = declared ?? (isMarkup ? TextEncoding.declared(in: bytes) : nil)
    let declaredEncoding = charset.flatMap { TextEncoding(named: $0) }
    if let encoding = declaredEncoding, encoding.isSevenBit {
      take(encoding, bytes, because: "as declared")
      return
    }
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    if start > 0 {
      encoding = "utf-8-sig"
      warn("the byte order mark at byte 0 was dropped")
    }
    let body = bytes.extracting(start..<bytes.count)
    if (try? UTF8Span(validating: body)) != nil {
      utf8 = [UInt8](copying: body, 0..<body.count)
      return
    }
    if let encoding = declaredEncoding, !encoding.isWindows1252, take(encoding, body, because: "as declared") { return }
    if charset == nil || declaredEncoding == nil, let encoding = TextEncoding(guessing: body),
      take(encoding, body, because: "as its letters show")
    {
      return
    }
    let repaired = RepairedUTF8(body)
    utf8 = repaired.utf8
    encoding = "windows-1252"
    let count =
      repaired.replaced == 1 ? "1 byte that is not UTF-8 was" : "\(repaired.replaced) bytes that are not UTF-8 were"
    warn("\(count) read as Windows-1252, the first at byte \(start + repaired.firstOffset)", repaired.spans)
  }

  /// Decodes the bytes in an encoding, unless too many of them are invalid in it.
  @discardableResult
  private mutating func take(_ encoding: TextEncoding, _ bytes: Swift.Span<UInt8>, because reason: String) -> Bool {
    guard let (utf8, failures) = encoding.decoded(bytes), failures <= 1 + bytes.count / 200 else { return false }
    self.utf8 = utf8
    self.encoding = encoding.name
    warn("the text was read as \(encoding.name), \(reason)")
    if failures > 0 { warn("\(failures) characters that make no sense in \(encoding.name) were replaced") }
    return true
  }

  private mutating func warn(_ message: String, _ spans: SpanList = []) {
    warnings.append(Warning(kind: "encoding", message: message, spans: spans))
  }

  /// Adds the encoding and the warnings to the document of this text.
  func note(in document: inout Document) {
    guard let encoding else { return }
    document.metadata["encoding"] = .string(encoding)
    document[Warnings.self] += warnings
  }
}

// MARK: UTF-8 mixed with Windows-1252

/// UTF-8 in which single invalid bytes are read as Windows-1252.
private struct RepairedUTF8 {
  private(set) var utf8: [UInt8] = []
  /// How many bytes were not UTF-8.
  private(set) var replaced = 0
  private(set) var firstOffset = 0
  /// Where in `utf8` the characters are that were read as Windows-1252; only the first ones.
  private(set) var spans: SpanList = []
  private static let maximumSpans = 100

  init(_ bytes: Swift.Span<UInt8>) {
    utf8.reserveCapacity(bytes.count + bytes.count / 8)
    // Invariant: copied ≤ i ≤ bytes.count, and bytes[copied..<i] is valid UTF-8 that is still to be copied.
    var copied = 0
    var i = 0
    while i < bytes.count {
      let length = bytes.lengthOfScalar(at: i)
      guard length == 0 else {
        i += length
        continue
      }
      utf8.append(copying: bytes, copied..<i)
      let start = utf8.count
      utf8.append(windows1252: bytes[i])
      if replaced == 0 { firstOffset = i }
      replaced += 1
      addSpan(Span(start, utf8.count))
      i += 1
      copied = i
    }
    utf8.append(copying: bytes, copied..<bytes.count)
  }

  private mutating func addSpan(_ span: Span) {
    if let last = spans.last, last.end == span.start {
      spans[spans.count - 1].end = span.end
    } else if spans.count < Self.maximumSpans {
      spans.append(span)
    }
  }
}

extension Swift.Span<UInt8> {
  /// The length of the well-formed UTF-8 sequence at `i` (Unicode Standard, table 3-7); 0 where there is none.
  fileprivate func lengthOfScalar(at i: Int) -> Int {
    let lead = self[i]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0..<0x80: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard i + length <= count, second.contains(self[i + 1]) else { return 0 }
    for k in 2..<Swift.max(length, 2) where !self[i + k].isUTF8Continuation { return 0 }
    return length
  }
}

extension [UInt8] {
  /// The characters of Windows-1252 for the bytes from 0x80 to 0x9F; the five unassigned ones are U+FFFD.
  private static let windows1252: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  fileprivate mutating func append(windows1252 byte: UInt8) {
    append(scalar: (0x80..<0xA0).contains(byte) ? Self.windows1252[Int(byte - 0x80)] : UInt32(byte))
  }

  /// Appends the UTF-8 of a code point that is not a surrogate.
  mutating func append(scalar code: UInt32) {
    switch code {
    case 0..<0x80: append(UInt8(code))
    case 0x80..<0x800:
      append(0xC0 | UInt8(code >> 6))
      append(0x80 | UInt8(code & 0x3F))
    case 0x800..<0x10000:
      append(0xE0 | UInt8(code >> 12))
      append(0x80 | UInt8(code >> 6 & 0x3F))
      append(0x80 | UInt8(code & 0x3F))
    default:
      append(0xF0 | UInt8(code >> 18 & 0x07))
      append(0x80 | UInt8(code >> 12 & 0x3F))
      append(0x80 | UInt8(code >> 6 & 0x3F))
      append(0x80 | UInt8(code & 0x3F))
    }
  }
}
