internal import Hearsay

/// The byte order of UTF-16, detected by its byte order mark.
enum UTF16Order: String, Sendable {
  case little = "utf-16le"
  case big = "utf-16be"

  init?(of bytes: Swift.Span<UInt8>) {
    if bytes.starts(with: [0xFF, 0xFE]) {
      self = .little
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .big
    } else {
      return nil
    }
  }
}

/// The byte order of UTF-32, detected by its byte order mark.
enum UTF32Order: String, Sendable {
  case little = "utf-32le"
  case big = "utf-32be"

  init?(of bytes: Swift.Span<UInt8>) {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
      self = .little
    } else if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .big
    } else {
      return nil
    }
  }
}

extension Swift.Span<UInt8> {
  /// The name of the encoding where the bytes are UTF-16 or UTF-32, detected by a byte order mark or by zeros.
  var wideEncoding: String? {
    UTF32Order(of: self)?.rawValue ?? UTF16Order(of: self)?.rawValue ?? TextEncoding(zerosIn: self)?.name
  }
}

extension [UInt8] {
  /// The UTF-8 of UTF-16. A surrogate without its counterpart, and half a unit at the end, become U+FFFD.
  init(utf16 bytes: Swift.Span<UInt8>, from start: Int, _ order: UTF16Order) {
    func unit(_ i: Int) -> UInt32 {
      let (first, second) = (UInt32(bytes[i]), UInt32(bytes[i + 1]))
      return order == .big ? first << 8 | second : second << 8 | first
    }
    self = []
    reserveCapacity(bytes.count)
    var i = start
    while i + 1 < bytes.count {
      var code = unit(i)
      i += 2
      if code & 0xF800 == 0xD800 {
        let isPair = code < 0xDC00 && i + 1 < bytes.count && unit(i) & 0xFC00 == 0xDC00
        code = isPair ? 0x10000 + (code & 0x3FF) << 10 + unit(i) & 0x3FF : 0xFFFD
        if isPair { i += 2 }
      }
      append(scalar: code)
    }
    if i < bytes.count { append(scalar: 0xFFFD) }
  }
}
