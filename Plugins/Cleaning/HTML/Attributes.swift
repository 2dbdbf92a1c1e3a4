internal import HearsayText

/// The attributes that are looked at; of the others the parser sees none.
enum Attribute: UInt32, CaseIterable {
  case `class`, id, itemprop, role, hidden, style, rel, datetime, lang, type, name, property, content, href, httpEquiv

  static let named = WordTable<Name, Attribute?>(
    Dictionary(uniqueKeysWithValues: allCases.map { (Name($0 == .httpEquiv ? "http-equiv" : "\($0)"), $0) }),
    missing: nil, any: Name(""))

  /// Whether the attribute is looked at on such an element.
  func matters(on tag: Tag?) -> Bool {
    switch self {
    case .name, .property, .content, .httpEquiv: tag == .meta
    case .itemprop: true
    case .href: tag == .link
    case .rel: tag == .link || tag == .a
    case .lang: tag == .html
    case .datetime: tag == .time
    case .type: false
    case .class, .id, .role, .hidden, .style: tag != .meta && tag != .link
    }
  }
}

/// The attributes of a start tag, as the parser hands them over: names and values in turn, up to a null pointer.
@unsafe struct Attributes {
  private let first: UnsafeMutablePointer<UnsafePointer<UInt8>?>?

  init(_ first: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) { unsafe self.first = first }

  func forEach(_ body: (Attribute, UnsafePointer<UInt8>) -> Void) {
    guard var next = unsafe first else { return }
    let empty: StaticString = ""
    while let name = unsafe next.pointee {
      let value = unsafe next[1]
      if let key = unsafe Attribute.named[Name(name)] { unsafe body(key, value ?? empty.utf8Start) }
      unsafe next += 2
    }
  }
}
