internal import Hearsay

/// An encoding other than UTF-8.
struct TextEncoding: Sendable {
  /// The name by which pages declare it, in lower case.
  let name: String
  /// The name in iconv.
  private let systemName: String
  private let aliases: [Substring]
  /// The frequent letters of its languages, and the share of letters other than ASCII that they usually have; `nil`
  /// where the encoding is not guessed.
  fileprivate let frequent: (letters: Set<UInt32>, share: Double)?

  private static let all: [TextEncoding] = {
    let text = String(decoding: PackageResources.encodings_txt, as: UTF8.self)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { TextEncoding(line: $0) }
  }()

  private static let byName: [Substring: TextEncoding] = {
    var byName: [Substring: TextEncoding] = [:]
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

  /// The encoding of that name, without regard to case; `nil` for UTF-8 and for unknown names.
  init?(named name: String) {
    guard let known = Self.byName[name.lowercased()[...]] else { return nil }
    self = known
  }

  /// Whether its texts consist of ASCII bytes with another meaning, so that they are valid UTF-8 by chance.
  var isSevenBit: Bool { name.hasPrefix("iso-2022") }

  var isWindows1252: Bool { name == "windows-1252" }

  /// The bytes as UTF-8, with U+FFFD for invalid sequences, and the number of these; `nil` where iconv lacks the
  /// encoding.
  func decoded(_ bytes: Swift.Span<UInt8>) -> (utf8: [UInt8], failures: Int)? {
    guard let converter = Converter(from: systemName) else { return nil }
    return converter.decoded(bytes, unit: name.hasPrefix("utf-32") ? 4 : name.hasPrefix("utf-16") ? 2 : 1)
  }
}

// MARK: Detection

extension TextEncoding {
  private static let sampleBytes = 32_768
  private static let enoughBytes = 24

  /// The most likely encoding of a text without a declaration; `nil` where it may be Windows-1252, or no encoding is
  /// likely.
  ///
  /// Texts in the Latin script have single bytes that are not ASCII, texts in other scripts have runs of them. The
  /// script is determined by how often its frequent letters occur.
  init?(guessing bytes: Swift.Span<UInt8>) {
    let first = bytes.firstNonASCII
    let sample = bytes.extracting(first..<min(first + Self.sampleBytes, bytes.count))
    let (count, inRuns) = sample.nonASCII
    guard count >= Self.enoughBytes, inRuns * 10 > count * 7 else { return nil }
    var best: (encoding: TextEncoding, score: Double)?
    for encoding in Self.all {
      guard let score = encoding.score(of: sample), score > best?.score ?? 0.6 else { continue }
      best = (encoding, score)
    }
    guard let best else { return nil }
    self = best.encoding
  }

  /// The share of frequent letters, relative to the usual share; `nil` where the text cannot be in this encoding.
  private func score(of sample: Swift.Span<UInt8>) -> Double? {
    guard let frequent, let (utf8, failures) = decoded(sample) else { return nil }
    var letters = 0
    var hits = 0
    for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars where scalar.value >= 0x80 {
      letters += 1
      if frequent.letters.contains(scalar.value) { hits += 1 }
    }
    // The sample may end within a character.
    guard letters > 0, failures <= 1 + letters / 500 else { return nil }
    return Double(hits) / Double(letters) / frequent.share
  }

  /// UTF-16 or UTF-32 without a byte order mark, detected by the positions of the zeros in its spaces and ASCII
  /// letters.
  init?(zerosIn bytes: Swift.Span<UInt8>) {
    let examined = min(bytes.count, 4096) & ~3
    guard examined >= 4 else { return nil }
    var zeros = [0, 0, 0, 0]
    for i in 0..<examined where bytes[i] == 0 { zeros[i & 3] += 1 }
    let units = examined / 4
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

  /// How many bytes are not ASCII, and how many of these are next to another one.
  fileprivate var nonASCII: (count: Int, inRuns: Int) {
    var (all, inRuns) = (0, 0)
    for i in 0..<count where self[i] >= 0x80 {
      all += 1
      if i > 0 && self[i - 1] >= 0x80 || i + 1 < count && self[i + 1] >= 0x80 { inRuns += 1 }
    }
    return (all, inRuns)
  }
}
