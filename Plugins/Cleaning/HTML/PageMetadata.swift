internal import Hearsay
import HearsayText

/// What a page says about itself, the most reliable of several sayings of each thing.
struct PageMetadata {
  private(set) var members: [(key: String, value: String)] = []

  init(_ markup: PageMarkup) {
    let data = LinkedData(markup.linkedData)
    func meta(_ keys: String...) -> [String] { keys.compactMap { markup.metas[$0] } }
    let url = Self.first(
      [markup.canonical] + meta("og:url", "twitter:url") + data.strings("url"), where: Self.isAddress)
    let source = Self.first(
      meta("og:site_name") + data.names("publisher") + meta("application-name", "dc.publisher"))
    let title = Self.first(
      data.strings("headline")
        + meta("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title")
        + [markup.title])
    let authors = data.names("author")
    let author = Self.first(
      (authors.isEmpty ? [] : [authors.joined(separator: ", ")])
        + meta(
          "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author",
          "sailthru.author", "byl", "citation_author", "og:author") + [markup.byline],
      where: { !Self.isAddress($0) && !$0.hasPrefix("@") && $0.utf8.count < 300 })
    let dates =
      data.strings("datePublished")
      + meta(
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate",
        "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date",
        "dc.date.issued", "dcterms.created", "dcterms.date", "citation_publication_date", "article.published",
        "originalpublicationdate", "article:published", "og:pubdate")
      + data.strings("dateCreated") + [markup.time]
    let language = Self.first(
      [markup.language] + meta("content-language", "og:locale", "language", "dc.language") + data.strings("inLanguage"),
      where: { $0.utf8.count <= 35 && !$0.contains(" ") })
    let description = Self.first(
      meta("og:description", "description") + data.strings("description")
        + meta("twitter:description", "dc.description"))
    add("title", title.map { Self.withoutSite($0, source) })
    add("author", author.map(Self.withoutBy))
    add("date", dates.lazy.compactMap(CalendarDate.iso8601).first)
    add("source", source ?? url.flatMap(Self.host))
    add("url", url)
    add("language", language.map { String($0.map { $0 == "_" ? "-" : $0 }) })
    add("description", description)
  }

  private mutating func add(_ key: String, _ value: String?) {
    if let value, !value.isEmpty { members.append((key, value)) }
  }

  /// The first value that says something, with its white space tidied.
  private static func first(_ values: [String], where isFit: (String) -> Bool = { _ in true }) -> String? {
    for value in values {
      let tidy = tidied(value)
      if !tidy.isEmpty, isFit(tidy) { return tidy }
    }
    return nil
  }

  private static func tidied(_ value: String) -> String {
    value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func isAddress(_ value: String) -> Bool {
    value.hasPrefix("http://") || value.hasPrefix("https://")
  }

  private static func host(_ url: String) -> String? {
    guard let start = url.firstRange(of: "//")?.upperBound else { return nil }
    let host = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != ":" && $0 != "#" }
    return String(host.hasPrefix("www.") ? host.dropFirst(4) : host)
  }

  /// A title without the site's name after a dash or a bar.
  private static func withoutSite(_ title: String, _ site: String?) -> String {
    guard let site, title.utf8.count > site.utf8.count, title.lowercased().hasSuffix(site.lowercased()) else {
      return title
    }
    let rest = title.dropLast(site.count)
    for mark in [" - ", " | ", " – ", " — ", " :: ", " · "] where rest.hasSuffix(mark) {
      let bare = rest.dropLast(mark.count)
      if !bare.isEmpty { return String(bare) }
    }
    return title
  }

  private static func withoutBy(_ author: String) -> String {
    author.lowercased().hasPrefix("by ") ? String(author.dropFirst(3)) : author
  }
}

/// The article that a page's JSON-LD describes. What is no JSON is passed over.
struct LinkedData {
  private var article: JSONValue?

  init(_ scripts: [[UInt8]]) {
    var page: JSONValue?
    for script in scripts {
      guard let json = try? JSONReader.value(of: Self.trimmed(script)) else { continue }
      var found: [JSONValue] = []
      Self.collect(json, into: &found)
      for object in found {
        let types = object["@type"]?.stringValue.map { [$0] } ?? object["@type"]?.arrayValue?.compactMap(\.stringValue)
        for type in types ?? [] {
          if type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Report" { article = article ?? object }
          if type == "WebPage" { page = page ?? object }
        }
      }
    }
    article = article ?? page
  }

  /// The string values of a member, with the commonest entities decoded.
  func strings(_ key: String) -> [String] { Self.strings(article?[key]).map(Self.decoded) }

  /// The names of the things that a member is.
  func names(_ key: String) -> [String] { Self.names(article?[key]).map(Self.decoded) }

  /// The script from its first bracket to its last: some stand in comments or CDATA marks.
  private static func trimmed(_ script: [UInt8]) -> [UInt8] {
    let isMarked = script.first { $0 > 0x20 }.map { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "<") } ?? false
    let isOpening: (UInt8) -> Bool = { $0 == UInt8(ascii: "{") || !isMarked && $0 == UInt8(ascii: "[") }
    let isClosing: (UInt8) -> Bool = { $0 == UInt8(ascii: "}") || !isMarked && $0 == UInt8(ascii: "]") }
    guard let start = script.firstIndex(where: isOpening), let end = script.lastIndex(where: isClosing), start <= end
    else { return [] }
    return Array(script[start...end])
  }

  private static func collect(_ value: JSONValue, into found: inout [JSONValue]) {
    guard found.count < 1_000 else { return }
    if let values = value.arrayValue {
      for value in values { collect(value, into: &found) }
    } else if value.objectValue != nil {
      found.append(value)
      if let graph = value["@graph"] { collect(graph, into: &found) }
    }
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    guard let value else { return [] }
    if let text = value.stringValue { return [text] }
    return value.arrayValue?.compactMap(\.stringValue) ?? []
  }

  private static func names(_ value: JSONValue?) -> [String] {
    guard let value else { return [] }
    if let text = value.stringValue { return text.hasPrefix("http") ? [] : [text] }
    if let values = value.arrayValue { return values.prefix(20).flatMap { $0.arrayValue == nil ? names($0) : [] } }
    return strings(value["name"])
  }

  private static func decoded(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var decoded = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      decoded += rest[..<start]
      rest = rest[start...]
      let body = rest.dropFirst().prefix { $0 != ";" && $0 != "&" && $0 != " " }.prefix(8)
      let end = rest.index(start, offsetBy: body.count + 1, limitedBy: rest.endIndex) ?? rest.endIndex
      if end < rest.endIndex, rest[end] == ";", let character = character(of: body) {
        decoded += character
        rest = rest[rest.index(after: end)...]
      } else {
        decoded += "&"
        rest = rest.dropFirst()
      }
    }
    return decoded + rest
  }

  private static let entities = [
    "quot": "\"", "apos": "'", "lt": "<", "gt": ">", "amp": "&", "nbsp": " ", "rsquo": "’", "lsquo": "‘", "ldquo": "“",
    "rdquo": "”", "ndash": "–", "mdash": "—", "hellip": "…",
  ]

  private static func character(of entity: Substring) -> String? {
    guard entity.hasPrefix("#") else { return entities[String(entity)] }
    let digits = entity.dropFirst()
    let code = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap { Unicode.Scalar($0) }.map { String($0) }
  }
}
