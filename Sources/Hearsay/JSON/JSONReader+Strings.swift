// Strings are most of a document, so they are read in few passes: one for the end of what can be copied as it is, and,
// where there are escapes, one for the string's end and one that copies and resolves them eight bytes a step.

extension JSONReader {
  /// Reads a string as `String`.
  public mutating func string() throws(JSONError) -> String {
    try expectString()
    let start = position + 1
    let end = text.endOfPlainString(from: start)
    guard end < text.count, text[end] == UInt8(ascii: "\"") else {
      return String(decoding: try stringBytes(), as: UTF8.self)
    }
    position = end + 1
    return unsafe text.extracting(start..<end).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// Reads a string as the bytes of its UTF-8.
  public mutating func stringBytes() throws(JSONError) -> [UInt8] {
    try expectString()
    let start = position + 1
    let end = text.endOfPlainString(from: start)
    guard end < text.count else { throw JSONError("a string has no end", at: position) }
    if text[end] == UInt8(ascii: "\"") {
      position = end + 1
      return [UInt8](copying: text, start..<end)
    }
    guard let quote = text.closingQuote(from: end) else { throw JSONError("a string has no end", at: position) }
    let bytes = try unescaped(start..<quote)
    position = quote + 1
    return bytes
  }

  private mutating func expectString() throws(JSONError) {
    guard try peek() == UInt8(ascii: "\"") else { throw JSONError("expected a string", at: position) }
  }

  /// What a string's content stands for.
  private func unescaped(_ content: Range<Int>) throws(JSONError) -> [UInt8] {
    var failure: JSONError?
    // An escape is never shorter than what it stands for.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: content.count) { buffer, count in
      guard let output = buffer.baseAddress else { return }
      let source = unsafe text.bytes
      // Invariant: end ≤ i - content.lowerBound, so a word that fits into the content fits into the buffer.
      var end = 0
      var i = content.lowerBound
      defer { count = end }
      while true {
        while i + 8 <= content.upperBound {
          let word = unsafe UInt64(
            littleEndian: source.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
          unsafe UnsafeMutableRawPointer(output + end).storeBytes(of: word.littleEndian, as: UInt64.self)
          let hit = word.jsonEscapes
          guard hit == 0 else {
            i += hit.trailingZeroBitCount / 8
            end += hit.trailingZeroBitCount / 8
            break
          }
          i += 8
          end += 8
        }
        guard i < content.upperBound else { return }
        let byte = text[i]
        if byte == UInt8(ascii: "\\") {
          do throws(JSONError) {
            let (scalar, next) = try escape(at: i, before: content.upperBound)
            i = next
            end += unsafe (output + end).write(scalar)
          } catch {
            failure = error
            return
          }
        } else if byte >= 0x20 {
          unsafe output[end] = byte
          end += 1
          i += 1
        } else {
          failure = JSONError("a control character stands in a string", at: i)
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// What the escape at `start` stands for, and the offset after it.
  @inline(__always)
  private func escape(at start: Int, before end: Int) throws(JSONError) -> (scalar: UInt32, end: Int) {
    guard start + 1 < end else { throw JSONError("a string has no end", at: start) }
    let letter = text[start + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return (UInt32(letter), start + 2)
    case UInt8(ascii: "n"): return (0x0A, start + 2)
    case UInt8(ascii: "t"): return (0x09, start + 2)
    case UInt8(ascii: "r"): return (0x0D, start + 2)
    case UInt8(ascii: "b"): return (0x08, start + 2)
    case UInt8(ascii: "f"): return (0x0C, start + 2)
    case UInt8(ascii: "u"): return try escapedScalar(at: start, before: end)
    default: throw JSONError("unknown escape in a string", at: start)
    }
  }

  /// The same for `\u` and four digits, or two of them for one scalar.
  private func escapedScalar(at start: Int, before end: Int) throws(JSONError) -> (scalar: UInt32, end: Int) {
    let code = try hex4(at: start + 2, before: end)
    let next = start + 6
    guard code & 0xF800 == 0xD800 else { return (code, next) }
    // A surrogate without its other half stands for no character.
    guard code < 0xDC00, next + 6 <= end, text[next] == UInt8(ascii: "\\"), text[next + 1] == UInt8(ascii: "u") else {
      return (0xFFFD, next)
    }
    let low = try hex4(at: next + 2, before: end)
    guard low & 0xFC00 == 0xDC00 else { return (0xFFFD, next) }
    return (0x10000 + (code & 0x3FF) << 10 + low & 0x3FF, next + 6)
  }

  private func hex4(at start: Int, before end: Int) throws(JSONError) -> UInt32 {
    guard start + 4 <= end else { throw JSONError("a \\u escape has no four digits", at: start) }
    var code: UInt32 = 0
    for i in start..<start + 4 {
      let digit: UInt8
      switch text[i] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = text[i] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = text[i] - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = text[i] - UInt8(ascii: "A") + 10
      default: throw JSONError("a \\u escape has no four digits", at: start)
      }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  /// Steps over a string, checking it.
  mutating func skipString() throws(JSONError) {
    let end = text.endOfPlainString(from: position + 1)
    if end < text.count, text[end] == UInt8(ascii: "\"") {
      position = end + 1
    } else {
      // Escapes are rare enough to be read in full.
      _ = try stringBytes()
    }
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// Writes the UTF-8 of a code point that is no surrogate; gives its length.
  @inline(__always)
  fileprivate func write(_ code: UInt32) -> Int {
    if code < 0x80 {
      unsafe self[0] = UInt8(truncatingIfNeeded: code)
      return 1
    } else if code < 0x800 {
      unsafe self[0] = UInt8(truncatingIfNeeded: 0xC0 | code >> 6)
      unsafe self[1] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
      return 2
    } else if code < 0x10000 {
      unsafe self[0] = UInt8(truncatingIfNeeded: 0xE0 | code >> 12)
      unsafe self[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
      unsafe self[2] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
      return 3
    } else {
      unsafe self[0] = UInt8(truncatingIfNeeded: 0xF0 | code >> 18)
      unsafe self[1] = UInt8(truncatingIfNeeded: 0x80 | code >> 12 & 0x3F)
      unsafe self[2] = UInt8(truncatingIfNeeded: 0x80 | code >> 6 & 0x3F)
      unsafe self[3] = UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
      return 4
    }
  }
}

extension UInt64 {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// The top bit of each byte that is a quotation mark; exact up to the lowest.
  @inline(__always)
  fileprivate var quotationMarks: UInt64 {
    let quote = self ^ (Self.ones &* 0x22)
    return (quote &- Self.ones) & ~quote & (Self.ones &* 0x80)
  }
}

extension Swift.Span<UInt8> {
  /// The offset of the first byte at or after `start` that a JSON string cannot hold as it is: a quotation mark, a
  /// backslash or a control character; the text's length where there is none. Eight bytes a step.
  func endOfPlainString(from start: Int) -> Int {
    var i = start
    let bytes = unsafe self.bytes
    while i + 8 <= count {
      let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
      let hit = word.jsonEscapes
      if hit != 0 { return i + hit.trailingZeroBitCount / 8 }
      i += 8
    }
    while i < count, self[i] >= 0x20, self[i] != 0x22, self[i] != 0x5C { i += 1 }
    return i
  }

  /// The offset of the first quotation mark at or after `start` that no backslash escapes; `nil` where there is none.
  ///
  /// - Parameter start: Not within an escape.
  fileprivate func closingQuote(from start: Int) -> Int? {
    var i = start
    let bytes = unsafe self.bytes
    while i < count {
      while i + 8 <= count {
        let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: i, as: UInt64.self))
        let hit = word.quotationMarks
        guard hit == 0 else {
          i += hit.trailingZeroBitCount / 8
          break
        }
        i += 8
      }
      while i < count, self[i] != UInt8(ascii: "\"") { i += 1 }
      guard i < count else { return nil }
      var slash = i
      while slash > start, self[slash - 1] == UInt8(ascii: "\\") { slash -= 1 }
      if (i - slash) % 2 == 0 { return i }
      i += 1
    }
    return nil
  }
}
