internal import Hearsay

/// An encoding other than UTF-8.
struct Encoding: Sendable {
  /// As pages declare it, in lower case.
  let name: String
  /// As iconv has it.
  private let systemName: String
  private let aliases: [Substring]
  /// Letters that are frequent in its languages, and the share of other than ASCII letters that they usually have;
  /// none where an undeclared text is not tried in it.
  fileprivate let frequent: (letters: Set<UInt32>, share: Double)?

  private static let all: [Encoding] = {
    let text = String(decoding: PackageResources.encodings_txt, as: UTF8.self)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { Encoding(line: $0) }
  }()

  private static let byName: [Substring: Encoding] = {
    var byName: [Substring: Encoding] = [:]
    for encoding in all {
      for name in [encoding.name[...]] + encoding.aliases { byName[name] = encoding }
    }
    return byName
  }()

  private init?(line: Substring) {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard columns.count >= 2 else { return nil }
    name = String(columns[0])
    systemName = String(columns[1])
    aliases = columns.count > 2 ? columns[2].split(separator: " ") : []
    frequent =
      columns.count > 4
      ? Double(columns[4]).map { share in (Set(columns[3].unicodeScalars.map(\.value)), share) } : nil
  }

  /// The encoding of that name, without regard to case; `nil` for UTF-8 and for names that nobody knows.
  init?(named name: String) {
    guard let known = Self.byName[name.lowercased()[...]] else { return nil }
    self = known
  }

  /// Whether its texts are other ASCII than they look, so that valid UTF-8 says nothing.
  var isSevenBit: Bool { name.hasPrefix("iso-2022") }

  var isWindows1252: Bool { name == "windows-1252" }

  /// The bytes as UTF-8, what makes no sense as U+FFFD, and how often that was; `nil` where the system cannot convert.
  func decoded(_ bytes: Swift.Span<UInt8>) -> (utf8: [UInt8], failures: Int)? {
    guard let converter = Converter(from: systemName) else { return nil }
    return converter.decoded(bytes, unit: name.hasPrefix("utf-32") ? 4 : name.hasPrefix("utf-16") ? 2 : 1)
  }
}

// MARK: Telling encodings

extension Encoding {
  private static let sampleBytes = 32_768
  private static let enoughBytes = 24

  /// The encoding that a text without a declaration looks to be in; `nil` where it may be Windows-1252, or nothing
  /// speaks for another one.
  ///
  /// Texts in the Latin script have single bytes that are not ASCII, those in other scripts have rows of them; which
  /// script it is shows in how often the script's frequent letters occur.
  init?(guessing bytes: Swift.Span<UInt8>) {
    let first = bytes.firstNonASCII
    let sample = bytes.extracting(first..<min(first + Self.sampleBytes, bytes.count))
    let (count, inRows) = sample.nonASCII
    guard count >= Self.enoughBytes, inRows * 10 > count * 7 else { return nil }
    var best: (encoding: Encoding, score: Double)?
    for encoding in Self.all {
      guard let score = encoding.score(of: sample), score > best?.score ?? 0.6 else { continue }
      best = (encoding, score)
    }
    guard let best else { return nil }
    self = best.encoding
  }

  /// The share of frequent letters, as a part of what is usual; `nil` where the text cannot be in this encoding.
  private func score(of sample: Swift.Span<UInt8>) -> Double? {
    guard let frequent, let (utf8, failures) = decoded(sample) else { return nil }
    var letters = 0
    var hits = 0
    for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
      letters += 1
      if frequent.letters.contains(scalar.value) { hits += 1 }
    }
    // The sample's last character may be cut in two.
    guard letters > 0, failures <= 1 + letters / 500 else { return nil }
    return Double(hits) / Double(letters) / frequent.share
  }

  /// UTF-16 or UTF-32 without a byte order mark, told by where the zeros of its spaces and ASCII letters stand.
  init?(zerosIn bytes: Swift.Span<UInt8>) {
    let looked = min(bytes.count, 4096) & ~3
    guard looked >= 4 else { return nil }
    var zeros = [0, 0, 0, 0]
    for i in 0..<looked where bytes[i] == 0 { zeros[i & 3] += 1 }
    let units = looked / 4
    func many(_ places: Int...) -> Bool { places.allSatisfy { zeros[$0] * 10 > units * 7 } }
    func few(_ places: Int...) -> Bool { places.allSatisfy { zeros[$0] * 10 < units } }
    if many(1, 2, 3), few(0) {
      self.init(named: "utf-32le")
    } else if many(0, 1, 2), few(3) {
      self.init(named: "utf-32be")
    } else if many(1, 3), few(0, 2) {
      self.init(named: "utf-16le")
    } else if many(0, 2), few(1, 3) {
      self.init(named: "utf-16be")
    } else {
      return nil
    }
  }

  /// The charset that a page or an XML text declares in its first bytes (WHATWG HTML, "prescan a byte stream").
  static func declared(in markup: Swift.Span<UInt8>) -> String? {
    let head = [UInt8](copying: markup, 0..<min(markup.count, 4096)).map { $0 < 0x80 ? $0 : 0x3F }
    let text = String(decoding: head, as: UTF8.self).lowercased()
    let isXML = text.hasPrefix("<?xml")
    for tag in text.split(separator: "<") where tag.hasPrefix("meta") || isXML && tag.hasPrefix("?xml") {
      guard let end = tag.firstIndex(of: ">") else { continue }
      let key = tag.hasPrefix("meta") ? "charset" : "encoding"
      var rest = tag[..<end][...]
      while let word = rest.firstRange(of: key) {
        rest = rest[word.upperBound...].drop { $0.isWhitespace }
        guard rest.first == "=" else { continue }
        rest = rest.dropFirst().drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        let name = rest.prefix { !$0.isWhitespace && !"\"';/?".contains($0) }
        if !name.isEmpty { return String(name) }
      }
    }
    return nil
  }
}

extension Swift.Span<UInt8> {
  fileprivate var firstNonASCII: Int {
    for i in 0..<count where self[i] >= 0x80 { return i }
    return count
  }

  /// How many bytes are not ASCII, and how many of them stand next to another one.
  fileprivate var nonASCII: (count: Int, inRows: Int) {
    var (all, inRows) = (0, 0)
    for i in 0..<count where self[i] >= 0x80 {
      all += 1
      if i > 0 && self[i - 1] >= 0x80 || i + 1 < count && self[i + 1] >= 0x80 { inRows += 1 }
    }
    return (all, inRows)
  }
}
