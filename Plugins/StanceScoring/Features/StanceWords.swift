import CStanceWeights
import HearsayText

/// The stage's word lists in one hash table, so that a word takes one memory access.
///
/// A word is identified by its hash and its length. Another word of a text has both with a probability of one in a
/// hundred million; it then gets a wrong weight.
struct StanceWords: Sendable {
  struct Entry {
    /// From -3 to 3; 0 for a neutral word.
    var polarity: Int8 = 0
    var flags: WordFlags = []
  }

  static let shipped: StanceWords = {
    var words = StanceWords()
    let polarity = unsafe UnsafeBufferPointer(start: hearsay_stance_polarity(), count: hearsay_stance_polarity_count())
    words.add(unsafe Array(polarity), [])
    words.add(PackageResources.skipped_words_txt, .skipped)
    words.add(PackageResources.negations_txt, .negation)
    words.add(PackageResources.polarity_shifters_txt, .polarityShifter)
    words.add(PackageResources.demonstratives_txt, .demonstrative)
    words.add(PackageResources.judging_verbs_txt, [.evaluativeVerb, .patientVerb])
    words.add(PackageResources.act_verbs_txt, .patientVerb)
    words.add(PackageResources.deed_verbs_txt, .agentVerb)
    words.add(PackageResources.being_words_txt, .passiveAuxiliary)
    words.add(PackageResources.frame_ends_txt, .clauseBoundary)
    words.add(PackageResources.not_targets_txt, .notATarget)
    words.add(PackageResources.sentence_beginnings_txt, .sentenceOpener)
    return words
  }()

  /// In each slot the hash in the low half, then a byte each for the length and the polarity, then the flags; 0 for a free
  /// slot.
  private var slots = [UInt64](repeating: 0, count: 1 << Self.bits)
  /// A bit for every word of the lists. Most words of a text are in no list, and these 8 KB stay in the cache where the
  /// slots do not.
  private var filter = [UInt64](repeating: 0, count: 1 << (Self.bits + 1 - 6))
  private var count = 0
  private static let bits = 15

  /// Adds the words of a list: a line each, the polarity after a tab.
  private mutating func add(_ list: [UInt8], _ flags: WordFlags) {
    for line in list.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let word = line.prefix { $0 != UInt8(ascii: "\t") }
      guard let token = Tokenizer().tokens(in: list.span, word.indices).first, token.kind == .word,
        count < slots.count / 2
      else { continue }
      let polarity = Int8(String(decoding: line.dropFirst(word.count + 1), as: UTF8.self)) ?? 0
      add(token, polarity, flags)
      // A curly apostrophe is two bytes longer, but has the hash of a straight one.
      let apostrophes = word.count { $0 == UInt8(ascii: "'") }
      guard apostrophes > 0 else { continue }
      var curly = token
      curly.count += UInt32(2 * apostrophes)
      add(curly, polarity, flags)
    }
  }

  private mutating func add(_ token: Token, _ polarity: Int8, _ flags: WordFlags) {
    let key = Self.key(of: token)
    let place = Self.place(of: key)
    let slot = slot(of: key, from: place)
    if slots[slot] == 0 { count += 1 }
    slots[slot] |= key | UInt64(UInt8(bitPattern: polarity)) << 40 | UInt64(flags.rawValue) << 48
    filter[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// The entry of a word; an empty one where no list has it.
  @inline(__always)
  func entry(of token: Token) -> Entry {
    let key = Self.key(of: token)
    let place = Self.place(of: key)
    guard filter[place >> 6] >> UInt64(place & 63) & 1 == 1 else { return Entry() }
    let found = slots[slot(of: key, from: place)]
    return Entry(
      polarity: Int8(truncatingIfNeeded: found >> 40),
      flags: WordFlags(rawValue: UInt16(truncatingIfNeeded: found >> 48)))
  }

  /// Prefetches the cache line of a word's slot.
  @inline(__always)
  func prefetch(_ token: Token) {
    let slot = Self.place(of: Self.key(of: token)) >> 1
    unsafe slots.withUnsafeBufferPointer { unsafe hearsay_prefetch($0.baseAddress.map { unsafe $0 + slot }) }
  }

  @inline(__always)
  private static func key(of token: Token) -> UInt64 { UInt64(token.hash) | UInt64(token.count & 0xFF) << 32 }

  /// The bit of a key in the filter; half of it is the first slot to be probed.
  @inline(__always)
  private static func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(63 - bits))
  }

  /// The slot of the key, or the free slot where it would be inserted.
  @inline(__always)
  private func slot(of key: UInt64, from place: Int) -> Int {
    var slot = place >> 1
    while slots[slot] != 0, slots[slot] & 0xFF_FFFF_FFFF != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }
}
