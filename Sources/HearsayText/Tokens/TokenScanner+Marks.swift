extension TokenScanner {
  // MARK: Numbers

  mutating func number() -> Token {
    let start = position
    var hash = WordHash()
    while position < end {
      let byte = text[position]
      let kind = ByteClass.of(byte)
      let joins = byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
      guard kind == .digit || kind == .letter || joins && ByteClass.of(self.byte(1)) == .digit else { break }
      hash.add(kind == .letter ? byte | 0x20 : byte)
      position += 1
    }
    return Token(start: start, count: UInt32(clamping: position - start), hash: hash.value, kind: .number, gap: gap)
  }

  // MARK: Marks

  mutating func mark(_ mark: Punctuation, _ length: Int) -> Token {
    let start = position
    position = min(position + length, end)
    return Token(start: start, count: UInt32(position - start), kind: .mark, mark: mark, gap: gap)
  }

  mutating func asciiMark(_ byte: UInt8) -> Token {
    switch byte {
    case UInt8(ascii: ","): return mark(.comma, 1)
    case UInt8(ascii: "."):
      var dots = 1
      while self.byte(dots) == byte { dots += 1 }
      return dots >= 2 ? mark(.ellipsis, dots) : mark(.stop, 1)
    case UInt8(ascii: "?"): return mark(.question, 1)
    case UInt8(ascii: "!"): return mark(.exclamation, 1)
    case UInt8(ascii: ":"): return mark(.colon, 1)
    case UInt8(ascii: ";"): return mark(.semicolon, 1)
    case UInt8(ascii: "\""): return mark(.straightDouble, 1)
    case UInt8(ascii: "-"):
      var dashes = 1
      while self.byte(dashes) == byte { dashes += 1 }
      return mark(.dash, dashes)
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return mark(.openBracket, 1)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return mark(.closeBracket, 1)
    default: return mark(.other, 1)
    }
  }
}
