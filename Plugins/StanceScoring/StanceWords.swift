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

  private static let lists: WordTable = {
    var lists = WordTable()
    let polarity = unsafe UnsafeBufferPointer(start: hearsay_stance_polarity(), count: hearsay_stance_polarity_count())
    lists.add(unsafe Array(polarity), [])
    lists.add(PackageResources.skipped_words_txt, .skipped)
    lists.add(PackageResources.negations_txt, .negation)
    lists.add(PackageResources.failing_words_txt, .failing)
    lists.add(PackageResources.pointers_txt, .pointer)
    lists.add(PackageResources.judging_verbs_txt, .verdict)
    lists.add(PackageResources.not_targets_txt, .common)
    return lists
  }()

  init(_ tokens: [Token], in text: Swift.Span<UInt8>) {
    let lists = Self.lists
    var entries = [Entry](repeating: Entry(), count: tokens.count)
    for i in tokens.indices {
      switch tokens[i].kind {
      case .word: entries[i] = lists.entry(of: tokens[i])
      case .possessive: entries[i].notes = .skipped
      default: break
      }
    }
    self.entries = entries
  }

  @inline(__always)
  func has(_ note: Notes, _ token: Int) -> Bool { entries[token].notes.contains(note) }
}

/// Words with what the lists say of them: one look in memory a word. A word is known by its hash and its length; that
/// another word of any text has both is a matter of one in a hundred million, and then a weight is wrong, no more.
private struct WordTable {
  /// The hash in the low half, then the length, the polarity and the notes, a byte each; 0 for a free slot.
  private var slots = [UInt64](repeating: 0, count: 1 << 15)
  private var count = 0

  /// Adds the words of a list: a line each, the polarity behind a tab.
  mutating func add(_ list: [UInt8], _ note: StanceWords.Notes) {
    for line in list.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let word = line.prefix { $0 != UInt8(ascii: "\t") }
      guard let token = Tokenizer().tokens(in: list.span, word.indices).first, token.kind == .word,
        count < slots.count / 2
      else { continue }
      let slot = slot(of: token)
      if slots[slot] == 0 { count += 1 }
      let polarity = Int8(String(decoding: line.dropFirst(word.count + 1), as: UTF8.self)) ?? 0
      slots[slot] |= Self.key(of: token)
      slots[slot] |= UInt64(UInt8(bitPattern: polarity)) << 40 | UInt64(note.rawValue) << 48
    }
  }

  @inline(__always)
  func entry(of token: Token) -> StanceWords.Entry {
    let found = slots[slot(of: token)]
    return StanceWords.Entry(
      polarity: Int8(truncatingIfNeeded: found >> 40),
      notes: StanceWords.Notes(rawValue: UInt8(truncatingIfNeeded: found >> 48)))
  }

  private static func key(of token: Token) -> UInt64 { UInt64(token.hash) | UInt64(token.count & 0xFF) << 32 }

  /// The word's own slot, or the free one where it would stand.
  @inline(__always)
  private func slot(of token: Token) -> Int {
    let key = Self.key(of: token)
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 49)
    while slots[slot] != 0, slots[slot] & 0xFF_FFFF_FFFF != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
