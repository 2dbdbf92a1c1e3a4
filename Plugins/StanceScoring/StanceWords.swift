import CStanceWeights
import HearsayText

/// The stage's word lists, in one table: one look in memory a word.
///
/// A word is known by its hash and its length; that another word of any text has both is a matter of one in a hundred
/// million, and then a weight is wrong, no more.
struct StanceWords: Sendable {
  /// What a word is to the stage, beside its polarity.
  struct Notes: OptionSet {
    var rawValue: UInt16
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
    /// A verb whose object bears it: `praised`, `sued`.
    static let act = Notes(rawValue: 256)
    /// A verb for which its subject answers: `betrayed`, `rescued`.
    static let deed = Notes(rawValue: 2048)
    /// Makes a participle passive: `was`.
    static let being = Notes(rawValue: 512)
    /// Parts a verb from a subject or object that is not its own: `of`.
    static let endsFrame = Notes(rawValue: 1024)
    /// Stands capitalised where a sentence begins, and is no name: `Meanwhile`.
    static let beginning = Notes(rawValue: 4096)
    /// Says something: not of a list, but of a word in its sentence.
    static let counts = Notes(rawValue: 64)
    /// Stands behind a negation: the same.
    static let negated = Notes(rawValue: 128)

    /// Whether no name begins or ends with the word.
    var isNoName: Bool { !isDisjoint(with: [.common, .beginning]) }
  }

  struct Entry {
    /// From -3 to 3; 0 for a word that judges nothing.
    var polarity: Int8 = 0
    var notes: Notes = []
  }

  static let shipped: StanceWords = {
    var words = StanceWords()
    let polarity = unsafe UnsafeBufferPointer(start: hearsay_stance_polarity(), count: hearsay_stance_polarity_count())
    words.add(unsafe Array(polarity), [])
    words.add(PackageResources.skipped_words_txt, .skipped)
    words.add(PackageResources.negations_txt, .negation)
    words.add(PackageResources.failing_words_txt, .failing)
    words.add(PackageResources.pointers_txt, .pointer)
    words.add(PackageResources.judging_verbs_txt, [.verdict, .act])
    words.add(PackageResources.act_verbs_txt, .act)
    words.add(PackageResources.deed_verbs_txt, .deed)
    words.add(PackageResources.being_words_txt, .being)
    words.add(PackageResources.frame_ends_txt, .endsFrame)
    words.add(PackageResources.not_targets_txt, .common)
    words.add(PackageResources.sentence_beginnings_txt, .beginning)
    return words
  }()

  /// The hash in the low half, then the length, the polarity, a byte each, and the notes; 0 for a free slot.
  private var slots = [UInt64](repeating: 0, count: 1 << Self.bits)
  /// A bit for every word of the lists, by one bit more than its slot: most words of a text are in none, and these 8 KB stay
  /// at hand where the slots do not.
  private var filter = [UInt64](repeating: 0, count: 1 << (Self.bits + 1 - 6))
  private var count = 0
  private static let bits = 15

  /// Adds the words of a list: a line each, the polarity behind a tab.
  private mutating func add(_ list: [UInt8], _ note: Notes) {
    for line in list.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let word = line.prefix { $0 != UInt8(ascii: "\t") }
      guard let token = Tokenizer().tokens(in: list.span, word.indices).first, token.kind == .word,
        count < slots.count / 2
      else { continue }
      let polarity = Int8(String(decoding: line.dropFirst(word.count + 1), as: UTF8.self)) ?? 0
      add(token, polarity, note)
      // A curly apostrophe is two bytes longer, and hashed as the straight one.
      let apostrophes = word.count { $0 == UInt8(ascii: "'") }
      guard apostrophes > 0 else { continue }
      var curly = token
      curly.count += UInt32(2 * apostrophes)
      add(curly, polarity, note)
    }
  }

  private mutating func add(_ token: Token, _ polarity: Int8, _ note: Notes) {
    let key = Self.key(of: token)
    let place = Self.place(of: key)
    let slot = slot(of: key, from: place)
    if slots[slot] == 0 { count += 1 }
    slots[slot] |= key | UInt64(UInt8(bitPattern: polarity)) << 40 | UInt64(note.rawValue) << 48
    filter[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// What the lists say of a word.
  @inline(__always)
  func entry(of token: Token) -> Entry {
    let key = Self.key(of: token)
    let place = Self.place(of: key)
    guard filter[place >> 6] >> UInt64(place & 63) & 1 == 1 else { return Entry() }
    let found = slots[slot(of: key, from: place)]
    return Entry(
      polarity: Int8(truncatingIfNeeded: found >> 40), notes: Notes(rawValue: UInt16(truncatingIfNeeded: found >> 48)))
  }

  /// Has the slot of a word at hand when it is asked for.
  @inline(__always)
  func prefetch(_ token: Token) {
    let slot = Self.place(of: Self.key(of: token)) >> 1
    unsafe slots.withUnsafeBufferPointer { unsafe hearsay_prefetch($0.baseAddress.map { unsafe $0 + slot }) }
  }

  @inline(__always)
  private static func key(of token: Token) -> UInt64 { UInt64(token.hash) | UInt64(token.count & 0xFF) << 32 }

  /// The bit of a key in the filter; half of it is where its slot is looked for first.
  @inline(__always)
  private static func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(63 - bits))
  }

  /// The word's own slot, or the free one where it would stand.
  @inline(__always)
  private func slot(of key: UInt64, from place: Int) -> Int {
    var slot = place >> 1
    while slots[slot] != 0, slots[slot] & 0xFF_FFFF_FFFF != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
