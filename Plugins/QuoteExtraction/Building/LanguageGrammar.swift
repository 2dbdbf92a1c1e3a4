import HearsayText

/// What a language's grammar asks of the rules.
extension AnalysisLanguage {
  /// Whether a model settles what the rules leave; where none does, they go further.
  var hasModel: Bool { isEnglish }

  /// Whether whom something is told may stand before the verb: `il m’a dit`, `sagte den Reportern`.
  var hasObjectsBesideVerb: Bool { !isEnglish }

  /// Whether verbs have participles that report without an auxiliary: `…, saying that`.
  var hasReportingParticiples: Bool { isEnglish }

  /// Whether the verb of a main clause stands second, whatever stands first: `Laut Lee kam er.`
  var isVerbSecond: Bool { self == .de || self == .nl }

  /// Whether a verb may stand without its subject: `«Hemos ganado», dijo.`
  var dropsSubjects: Bool { self == .es || self == .it || self == .pt }

  /// Whether a cue may stand within the marks of its quotation: `« C’est fini, a dit Lee, pour nous. »`
  var hasIncises: Bool { self == .fr || self == .it }
}
