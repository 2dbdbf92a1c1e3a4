/// The classes of ASCII bytes.
extension UInt8 {
  /// `a` to `z`
  @inlinable @inline(__always) public var isLower: Bool { self &- 0x61 < 26 }
  /// `A` to `Z`
  @inlinable @inline(__always) public var isUpper: Bool { self &- 0x41 < 26 }
  /// `A` to `Z`, `a` to `z`
  @inlinable @inline(__always) public var isASCIILetter: Bool { (self | 0x20).isLower }
  /// `0` to `9`
  @inlinable @inline(__always) public var isDigit: Bool { self &- 0x30 < 10 }
  /// Space, tab or a line's end.
  @inlinable @inline(__always) public var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
  /// Whether the byte belongs to a scalar outside ASCII.
  @inlinable @inline(__always) public var isNonASCII: Bool { self >= 0x80 }
  /// The byte, `A` to `Z` in lower case.
  @inlinable @inline(__always) public var folded: UInt8 { isUpper ? self | 0x20 : self }
  /// The length of the scalar that this byte leads; 1 for a byte that leads none.
  @inlinable public var utf8Length: Int { self < 0xC0 ? 1 : self < 0xE0 ? 2 : self < 0xF0 ? 3 : 4 }
}
