import Hearsay
import HearsayText

extension MarkupReducer {
  /// Moves past the `>` of a tag; the attributes that say something on an element `tag` are copied.
  mutating func scanAttributes(copiedFor tag: Tag?) -> (isSelfClosing: Bool, isData: Bool) {
    var seen: UInt32 = 0
    var isSelfClosing = false
    var isData = false
    while position < page.count {
      let byte = page[position]
      if byte == UInt8(ascii: ">") {
        position += 1
        break
      }
      if byte <= 0x20 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: "=")
      {
        isSelfClosing = byte == UInt8(ascii: "/")
        position += 1
        continue
      }
      isSelfClosing = false
      let start = position
      while position < page.count, !page[position].endsAttributeName { position += 1 }
      let name = Name(page, start..<position)
      let value = scanValue()
      guard let attribute = Attribute.named[name], position - start <= Self.longestAttribute else { continue }
      let bit: UInt32 = 1 << attribute.rawValue
      if let tag, seen & bit == 0, says(attribute, value, on: tag), page.offset(of: 0, from: start, to: position) == nil
      {
        insert(" ")
        copy(start..<position)
        seen |= bit
      }
      if tag == nil, attribute == .type, ends(value, in: "ld+json") { isData = true }
    }
    return (isSelfClosing, isData)
  }

  /// Whether an attribute says something.
  private func says(_ attribute: Attribute, _ value: Range<Int>, on tag: Tag) -> Bool {
    guard attribute.matters(on: tag) else { return false }
    switch attribute {
    case .class, .id: return !words.hints(of: page, value).isEmpty
    default: return true
    }
  }

  /// Moves past an attribute's value, if it has one, and gives the value without its quotation marks.
  private mutating func scanValue() -> Range<Int> {
    var next = position
    while next < page.count, page[next] <= 0x20 { next += 1 }
    guard next < page.count, page[next] == UInt8(ascii: "=") else { return position..<position }
    next += 1
    while next < page.count, page[next] <= 0x20 { next += 1 }
    guard next < page.count else {
      position = next
      return next..<next
    }
    let quote = page[next]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let end = page.offset(of: quote, from: next + 1) ?? page.count
      position = min(end + 1, page.count)
      return next + 1..<max(end, next + 1)
    }
    let start = next
    while next < page.count, page[next] > 0x20, page[next] != UInt8(ascii: ">") { next += 1 }
    position = next
    return start..<next
  }

  private func ends(_ range: Range<Int>, in suffix: StaticString) -> Bool {
    let count = suffix.utf8CodeUnitCount
    guard range.count >= count else { return false }
    return (0..<count).allSatisfy { unsafe page[range.upperBound - count + $0] | 0x20 == suffix.utf8Start[$0] | 0x20 }
  }
}
