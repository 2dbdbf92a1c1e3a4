/// What the word before a full stop says about it.
enum Abbreviation: UInt8, Sendable {
  /// Stands before a name: the stop ends nothing.
  case title
  /// Stands before a number.
  case number
  /// May end a sentence.
  case any
}

/// The abbreviations of a language, looked up by bytes in lower case.
struct Abbreviations: Sendable {
  private var kinds: [[UInt8]: Abbreviation] = [:]
  private(set) var longest = 0

  private init(_ sources: [UInt8]...) {
    for source in sources {
      for line in String(decoding: source, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
        let columns = line.split(separator: "\t")
        guard columns.count == 2 else { continue }
        let word = Array(columns[0].utf8)
        kinds[word] = columns[1] == "title" ? .title : columns[1] == "number" ? .number : .any
        longest = max(longest, word.count)
      }
    }
  }

  func kind(of word: [UInt8]) -> Abbreviation? { kinds[word] }

  private static let english = Abbreviations(PackageResources.abbreviations_en_txt)
  private static let others = Abbreviations(
    PackageResources.abbreviations_en_txt, PackageResources.abbreviations_other_txt)

  static func of(_ language: Language) -> Abbreviations { language == .en || language == .auto ? english : others }
}

/// Words that begin a sentence and are hardly ever a name behind an abbreviation.
let sentenceStarters = Set(
  String(decoding: PackageResources.sentence_starters_en_txt, as: UTF8.self)
    .split(separator: "\n").filter { !$0.hasPrefix("#") }.map { Array($0.utf8) })
