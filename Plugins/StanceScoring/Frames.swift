import HearsayText

/// Who does what to whom: whether a mention is the subject or the object of a good or bad act.
///
/// Verbs are of two kinds. What is said or done to an object by the lists `judging-verbs` and `act-verbs`, the object bears:
/// one who is praised. For what is done by `deed-verbs`, the subject answers: one who betrays. A frame is read from the
/// tokens between the mention and the nearest such verb: no parse, so a clause that stands between hides it.
struct Frame: Hashable {
  enum Role: Int { case agent, patient }

  var role: Role
  /// The token of the verb.
  var verb: Int
  /// Whether the subject answers for it.
  var isDeed: Bool

  /// How many tokens may stand between a mention and its verb.
  fileprivate static let reach = 5

  /// The number of features by kind, role and sign.
  static let count = 8

  /// The feature of a frame whose verb has a polarity other than 0.
  func feature(polarity: Int) -> Int {
    (isDeed ? 4 : 0) + 2 * role.rawValue + (polarity < 0 ? 1 : 0)
  }
}

extension StanceReader {
  /// The frame that a mention stands in, that of the verb behind it first. The sentence was looked up.
  func frame(of mention: Range<Int>, in range: Range<Int>) -> Frame? {
    frameAsSubject(mention, in: range) ?? frameAsObject(mention, in: range)
  }

  /// `A attacked …`, `A has often attacked …`; `A was attacked …`, where A is the patient.
  private func frameAsSubject(_ mention: Range<Int>, in range: Range<Int>) -> Frame? {
    var isPassive = false
    for i in mention.upperBound..<min(mention.upperBound + Frame.reach, max(range.upperBound, mention.upperBound)) {
      guard tokens[i].kind == .word else { return nil }
      if isAct(i) { return Frame(role: isPassive ? .patient : .agent, verb: i, isDeed: has(.deed, i)) }
      if words[i].notes.contains(.being) { isPassive = true }
      if words[i].notes.contains(.endsFrame) { return nil }
    }
    return nil
  }

  /// `… attacked A`, `… attacked the corrupt A`; `… attacked by A`, where A is the agent.
  private func frameAsObject(_ mention: Range<Int>, in range: Range<Int>) -> Frame? {
    var isAgent = false
    var i = mention.lowerBound - 1
    while i >= max(range.lowerBound, mention.lowerBound - Frame.reach) {
      guard tokens[i].kind == .word else { return nil }
      if isAct(i) {
        let isPassive = i > range.lowerBound && words[i - 1].notes.contains(.being)
        return isPassive && !isAgent ? nil : Frame(role: isAgent ? .agent : .patient, verb: i, isDeed: has(.deed, i))
      }
      if words[i].notes.contains(.endsFrame) {
        // Only `by` leads from the act to who did it, and only right behind the verb.
        guard tokens[i].count == 2, tokens[i].hash == Frame.by else { return nil }
        isAgent = true
      } else if isAgent {
        return nil
      }
      i -= 1
    }
    return nil
  }
}

extension StanceReader {
  private func isAct(_ token: Int) -> Bool {
    !words[token].notes.isDisjoint(with: [.act, .deed]) && words[token].polarity != 0
  }
}

extension Frame {
  /// The hash of `by`.
  fileprivate static let by = Tokenizer().tokens(in: Array("by".utf8).span).first?.hash ?? 0
}
