import HearsayText

/// What a line is that is no part of the story. Each kind is counted under its name, and has its option.
enum LineKind: String, CaseIterable, Sendable {
  /// Whose picture it is, perhaps with a date.
  case credit = "credits"
  case byline = "bylines"
  /// When the story was published or updated.
  case date = "dates"
  /// The headline, once more.
  case headline = "headlines"
  /// What a picture shows.
  case caption = "captions"
  /// Share buttons.
  case share
  /// Links to other stories.
  case readMore = "read_more"
  /// Prompts to subscribe, to pay, to sign in.
  case prompt = "prompts"
  /// Copyright and other legal lines, who reported and edited, what stands under a page.
  case footer = "footers"
  /// What stands around advertisements.
  case advert = "adverts"
}

/// A set of kinds, looked up at every line.
struct LineKinds: Sendable {
  private var bits: UInt32 = 0

  init(_ kinds: some Sequence<LineKind>) {
    for kind in kinds { bits |= Self.bit(kind) }
  }

  func contains(_ kind: LineKind) -> Bool { bits & Self.bit(kind) != 0 }

  private static func bit(_ kind: LineKind) -> UInt32 {
    switch kind {
    case .credit: 1
    case .byline: 1 << 1
    case .date: 1 << 2
    case .headline: 1 << 3
    case .caption: 1 << 4
    case .share: 1 << 5
    case .readMore: 1 << 6
    case .prompt: 1 << 7
    case .footer: 1 << 8
    case .advert: 1 << 9
    }
  }
}
