import CStanceWeights
import HearsayText

/// What the stage's word lists say of each token of a text, looked up once.
struct StanceWords {
  /// What a word is to the stage, beside its polarity.
  struct Notes: OptionSet {
    var rawValue: UInt8
    /// Says nothing about a stance: `the`.
    static let skipped = Notes(rawValue: 1)
    /// Turns what follows it: `not`.
    static let negation = Notes(rawValue: 2)
    /// Points back at what was said: `this`.
    static let pointer = Notes(rawValue: 4)
    /// A verb by which its subject judges its object: `criticized`.
    static let verdict = Notes(rawValue: 8)
    /// Names no target and decides nothing: `Monday`.
    static let common = Notes(rawValue: 16)
    /// Turns the good that follows it: `failed to protect`.
    static let failing = Notes(rawValue: 32)
  }

  struct Entry {
    /// From -3 to 3; 0 for a word that judges nothing.
    var polarity: Int8 = 0
    var notes: Notes = []
  }

  /// For each token.
  let entries: [Entry]

  private static let lexicon: Lexicon<Entry> = {
    var entries: [Substring: Entry] = [:]
    func read(_ source: [UInt8], _ note: Notes) {
      for line in Substring(decoding: source, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
        let columns = line.split(separator: "\t")
        guard let word = columns.first else { continue }
        entries[word, default: Entry()].notes.insert(note)
        if columns.count > 1, let polarity = Int8(columns[1]) { entries[word]?.polarity = polarity }
      }
    }
    let polarity = unsafe UnsafeBufferPointer(start: hearsay_stance_polarity(), count: hearsay_stance_polarity_count())
    read(unsafe Array(polarity), [])
    read(PackageResources.skipped_words_txt, .skipped)
    read(PackageResources.negations_txt, .negation)
    read(PackageResources.failing_words_txt, .failing)
    read(PackageResources.pointers_txt, .pointer)
    read(PackageResources.judging_verbs_txt, .verdict)
    read(PackageResources.not_targets_txt, .common)
    let lines = entries.map { "\($0.key)\t\($0.value.polarity)\t\($0.value.notes.rawValue)" }.sorted()
    return Lexicon(Array(lines.joined(separator: "\n").utf8)) { columns in
      guard columns.count == 2, let polarity = Int8(columns[0]), let notes = UInt8(columns[1]) else { return nil }
      return Entry(polarity: polarity, notes: Notes(rawValue: notes))
    }
  }()

  init(_ tokens: [Token], in text: Swift.Span<UInt8>) {
    let lexicon = Self.lexicon
    var entries = [Entry](repeating: Entry(), count: tokens.count)
    for i in tokens.indices where tokens[i].kind == .word || tokens[i].kind == .possessive {
      if let entry = lexicon.value(of: tokens[i], in: text) { entries[i] = entry }
    }
    self.entries = entries
  }

  @inline(__always)
  func has(_ note: Notes, _ token: Int) -> Bool { entries[token].notes.contains(note) }
}
