import HearsayText

/// The role of a mention toward a verb with a polarity: agent or patient of a good or bad act.
///
/// The lists have two kinds of verbs. Those of `judging-verbs` and `act-verbs` concern their patient: one who is praised.
/// For those of `deed-verbs` the agent is responsible: one who betrays. The role is found from the tokens between the
/// mention and the nearest such verb, without a parse, so a clause in between hides it.
struct PredicateRole: Hashable {
  enum Kind: Int { case agent, patient }

  var kind: Kind
  /// The token of the verb.
  var verb: Int
  /// Whether the verb concerns its agent.
  var isAgentVerb: Bool

  /// The largest number of tokens from a mention to its verb.
  fileprivate static let reach = 5

  /// The number of features: by kind of verb, role and sign.
  static let count = 8

  /// The feature of a role whose verb has a polarity other than 0.
  func feature(polarity: Int) -> Int {
    (isAgentVerb ? 4 : 0) + 2 * kind.rawValue + (polarity < 0 ? 1 : 0)
  }

  /// The hash of `by`.
  fileprivate static let by = Tokenizer().tokens(in: Array("by".utf8).span).first?.hash ?? 0
}

extension MentionClassifier {
  /// The role of a mention, first toward the verb after it. The sentence was looked up.
  func predicateRole(of mention: Range<Int>, in range: Range<Int>) -> PredicateRole? {
    roleAsSubject(mention, in: range) ?? roleAsObject(mention, in: range)
  }

  /// `A attacked …`, `A has often attacked …`; `A was attacked …`, where A is the patient.
  private func roleAsSubject(_ mention: Range<Int>, in range: Range<Int>) -> PredicateRole? {
    var isPassive = false
    let end = min(mention.upperBound + PredicateRole.reach, max(range.upperBound, mention.upperBound))
    for i in mention.upperBound..<end {
      guard tokens[i].kind == .word else { return nil }
      if isRoleVerb(i) {
        return PredicateRole(kind: isPassive ? .patient : .agent, verb: i, isAgentVerb: has(.agentVerb, i))
      }
      if words[i].flags.contains(.passiveAuxiliary) { isPassive = true }
      if words[i].flags.contains(.clauseBoundary) { return nil }
    }
    return nil
  }

  /// `… attacked A`, `… attacked the corrupt A`; `… attacked by A`, where A is the agent.
  private func roleAsObject(_ mention: Range<Int>, in range: Range<Int>) -> PredicateRole? {
    var isAgent = false
    var i = mention.lowerBound - 1
    while i >= max(range.lowerBound, mention.lowerBound - PredicateRole.reach) {
      guard tokens[i].kind == .word else { return nil }
      if isRoleVerb(i) {
        let isPassive = i > range.lowerBound && words[i - 1].flags.contains(.passiveAuxiliary)
        if isPassive, !isAgent { return nil }
        return PredicateRole(kind: isAgent ? .agent : .patient, verb: i, isAgentVerb: has(.agentVerb, i))
      }
      if words[i].flags.contains(.clauseBoundary) {
        // Only `by` directly after the verb connects it with its agent.
        guard tokens[i].count == 2, tokens[i].hash == PredicateRole.by else { return nil }
        isAgent = true
      } else if isAgent {
        return nil
      }
      i -= 1
    }
    return nil
  }

  private func isRoleVerb(_ token: Int) -> Bool {
    !words[token].flags.isDisjoint(with: [.patientVerb, .agentVerb]) && words[token].polarity != 0
  }
}
