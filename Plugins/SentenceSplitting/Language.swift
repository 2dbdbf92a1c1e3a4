import Hearsay
public import HearsayText

/// A language whose abbreviations and marks are known.
public enum Language: String, LanguageOption {
  /// The language that the document's `meta.language` or its words tell, else English.
  case auto
  case en, de, fr, es, it, nl, pt, ru, uk, pl, da, bg, sk, cs, kk, el, hy, ar, fa, ur, hi, mr, ne, zh, ja, my, am
  /// Any other language: the rules of Unicode (UAX #29).
  case other

  /// The language's words and rules: a file of `Data/`, or none where marks alone tell.
  var data: [UInt8] {
    switch self {
    case .auto, .en: PackageResources.en_txt
    case .de: PackageResources.de_txt
    case .fr: PackageResources.fr_txt
    case .es: PackageResources.es_txt
    case .it: PackageResources.it_txt
    case .nl: PackageResources.nl_txt
    case .pt: PackageResources.pt_txt
    case .ru: PackageResources.ru_txt
    case .uk: PackageResources.uk_txt
    case .pl: PackageResources.pl_txt
    case .da: PackageResources.da_txt
    case .bg: PackageResources.bg_txt
    case .sk, .cs: PackageResources.sk_txt
    case .kk: PackageResources.kk_txt
    case .el: PackageResources.el_txt
    case .hy: PackageResources.hy_txt
    case .ar: PackageResources.ar_txt
    case .fa: PackageResources.fa_txt
    case .ur: PackageResources.ur_txt
    case .hi, .mr, .ne: PackageResources.hi_txt
    case .zh, .ja, .my, .am, .other: []
    }
  }
}
