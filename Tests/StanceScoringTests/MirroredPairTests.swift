import Hearsay
import HearsayText
import Testing

@testable import StanceScoring

@Suite("Who does what to whom")
struct MirroredPairTests {
  /// The verbs of the lists, with 1 for a good act and -1 for a bad one.
  static let verbs: [(verb: String, sign: Double)] = [
    PackageResources.judging_verbs_txt, PackageResources.act_verbs_txt,
  ]
  .flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
  .filter { $0.hasSuffix("ed") && !$0.hasPrefix("#") }
  .map { (String($0), sign(of: String($0))) }

  /// Pairs that are often seen.
  static let usual: [(verb: String, sign: Double)] = [
    ("praised", 1), ("thanked", 1), ("defended", 1), ("endorsed", 1), ("welcomed", 1), ("congratulated", 1),
    ("honored", 1), ("hailed", 1), ("applauded", 1), ("supported", 1), ("commended", 1), ("exonerated", 1),
    ("attacked", -1), ("accused", -1), ("sued", -1), ("blamed", -1), ("defeated", -1), ("condemned", -1),
    ("criticized", -1), ("denounced", -1), ("insulted", -1), ("threatened", -1), ("mocked", -1), ("undermined", -1),
    ("beat", -1), ("impeached", -1), ("smeared", -1),
  ]

  static func sign(of verb: String) -> Double {
    guard let token = Tokenizer().tokens(in: Array(verb.utf8).span).first else { return 0 }
    return StanceWords.shipped.entry(of: token).polarity < 0 ? -1 : 1
  }

  /// The scores of the two names of a sentence.
  private func scores(_ text: String) throws -> (selby: Double, brandt: Double) {
    var options = ScoreStance.Options()
    options.targets = ["Selby", "Brandt"].map { TargetRule(name: $0, mentions: [$0]) }
    options.neutral = true
    var document = Document(id: "t", text: text)
    try ScoreStance(options).process(&document)
    func score(_ name: String) -> Double { document[Stances.self].first { $0.target == name }?.score ?? 0 }
    return (score("Selby"), score("Brandt"))
  }

  @Test(arguments: usual)
  func whoBearsAnActIsJudgedByItMoreThanWhoDoesIt(_ verb: String, _ sign: Double) throws {
    for text in [
      "Selby \(verb) Brandt.", "On Monday, Selby publicly \(verb) Brandt in a speech.", "Selby has \(verb) Brandt.",
    ] {
      let plain = try scores(text)
      let mirrored = try scores(Self.mirrored(text))
      #expect(sign * plain.brandt > sign * plain.selby, "\(text) \(plain)")
      #expect(sign * plain.brandt > 0.1, "\(text) \(plain)")
      #expect(sign * mirrored.selby > sign * plain.selby, "\(text) \(plain) \(mirrored)")
    }
  }

  @Test(arguments: usual)
  func aPassiveIsReadTheOtherWayRound(_ verb: String, _ sign: Double) throws {
    let verb = verb == "beat" ? "beaten" : verb
    for text in ["Brandt was \(verb) by Selby.", "Brandt has been publicly \(verb) by Selby, on Monday."] {
      let plain = try scores(text)
      #expect(sign * plain.brandt > sign * plain.selby, "\(text) \(plain)")
      #expect(sign * plain.brandt > 0.1, "\(text) \(plain)")
    }
  }

  @Test(arguments: [
    ("betrayed", -1), ("cheated", -1), ("misled", -1), ("bullied", -1), ("exploited", -1), ("deceived", -1),
    ("rescued", 1), ("saved", 1), ("protected", 1),
  ])
  func whoDoesADeedAnswersForIt(_ verb: String, _ sign: Double) throws {
    // One who was rescued fares well in the passive too.
    for text in ["Selby \(verb) Brandt."] + (sign < 0 ? ["Brandt was \(verb) by Selby."] : []) {
      let plain = try scores(text)
      #expect(sign * plain.selby > sign * plain.brandt, "\(text) \(plain)")
      #expect(sign * plain.selby > 0.1, "\(text) \(plain)")
    }
  }

  @Test func nearlyAllVerbsOfTheListsTellTheTwoApart() throws {
    var right = 0
    for (verb, sign) in Self.verbs {
      let plain = try scores("Selby \(verb) Brandt.")
      if sign * plain.brandt > sign * plain.selby, sign * plain.brandt > 0 { right += 1 }
    }
    #expect(Self.verbs.count > 60 && right * 100 >= 97 * Self.verbs.count, "\(right) of \(Self.verbs.count)")
  }

  @Test(arguments: ["praised", "attacked", "thanked", "accused"])
  func aNegatedActTurns(_ verb: String) throws {
    let plain = try scores("Selby \(verb) Brandt.")
    let negated = try scores("Selby never \(verb) Brandt.")
    let sign: Double = Self.sign(of: verb)
    #expect(sign * negated.brandt < sign * plain.brandt)
  }

  private static func mirrored(_ text: String) -> String {
    text.split(separator: "Selby", omittingEmptySubsequences: false)
      .map { $0.split(separator: "Brandt", omittingEmptySubsequences: false).joined(separator: "Selby") }
      .joined(separator: "Brandt")
  }
}
