internal import Hearsay
import HearsayText

/// What a page's markup says about the page, as it was found.
struct PageMarkup {
  /// Values of `<meta>`, under the key in lower case; the first of a key counts.
  private(set) var metas: [String: String] = [:]
  private(set) var canonical = ""
  private(set) var language = ""
  private(set) var time = ""
  private var titleBytes: [UInt8] = []
  private var bylineBytes: [UInt8] = []
  private(set) var linkedData: [[UInt8]] = []
  private var target: Target?

  private enum Target { case title, byline, linkedData }
  private static let longestValue = 10_000
  private static let longestData = 2_000_000

  var title: String { String(decoding: titleBytes, as: UTF8.self) }

  /// The titles under which the page's headline may stand.
  var titles: [String] { ([metas["og:title"]].compactMap { $0 } + [title]).filter { !$0.isEmpty } }

  /// The text of the first element that says that it names the author.
  var byline: String { String(decoding: bylineBytes, as: UTF8.self) }

  mutating func add(_ tag: Tag, _ attributes: Attributes) {
    var keys: [String] = []
    var content = ""
    var rel = ""
    var href = ""
    unsafe attributes.forEach { key, value in
      switch key {
      case .name, .property, .itemprop, .httpEquiv:
        for key in unsafe PageMarkup.short(value).lowercased().split(separator: " ").prefix(4) {
          keys.append(String(key))
        }
      case .content: content = unsafe PageMarkup.short(value)
      case .rel: rel = unsafe PageMarkup.short(value).lowercased()
      case .href: href = unsafe PageMarkup.short(value)
      default: break
      }
    }
    if tag == .link {
      if rel == "canonical", canonical.isEmpty { canonical = href }
    } else if !content.isEmpty {
      for key in keys where metas[key] == nil && metas.count < 1_000 { metas[key] = content }
    }
  }

  mutating func addTime(_ value: String) { if time.isEmpty, value.utf8.count < 100 { time = value } }
  mutating func addLanguage(_ value: String) { if language.isEmpty, value.utf8.count < 100 { language = value } }

  /// The value up to a bound: a page may put megabytes into an attribute.
  private static func short(_ value: UnsafePointer<UInt8>) -> String {
    var count = 0
    while count < longestValue, unsafe value[count] != 0 { count += 1 }
    return unsafe String(decoding: UnsafeBufferPointer(start: value, count: count), as: UTF8.self)
  }

  // MARK: Captured text

  mutating func beginTitle() { target = .title }
  mutating func beginByline() { target = .byline }

  mutating func beginJSONLD() {
    target = .linkedData
    linkedData.append([])
  }

  mutating func endCapture() { target = nil }

  mutating func capture(_ text: UnsafeBufferPointer<UInt8>) {
    switch target {
    case .title:
      if titleBytes.count + text.count <= Self.longestValue { unsafe titleBytes.append(contentsOf: text) }
    case .byline:
      if bylineBytes.count + text.count <= 200 { unsafe bylineBytes.append(contentsOf: text) }
    case .linkedData:
      let last = linkedData.count - 1
      if last >= 0, linkedData[last].count + text.count <= Self.longestData {
        unsafe linkedData[last].append(contentsOf: text)
      }
    case nil: break
    }
  }
}
