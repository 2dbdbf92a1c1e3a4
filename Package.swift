// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Hearsay",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "hearsay", targets: ["HearsayCommand"]),
    // For packages that link their stages into a binary of their own.
    .library(name: "Hearsay", targets: ["Hearsay"]),
    // For plugins, which find the SDK in the `hearsay` that loads them. The name differs from the command's by more
    // than case: some file systems would not tell them apart.
    .library(name: "HearsaySDK", type: .dynamic, targets: ["Hearsay", "HearsayText"]),
    .library(name: "HearsayCLI", targets: ["HearsayCLI"]),
    // For the benchmarks and the fuzz targets, which are packages of their own.
    .library(
      name: "HearsayParts",
      targets: [
        "HearsayText", "HearsayStreams", "HearsayPipeline", "Cleaning", "SentenceSplitting", "QuoteExtraction",
        "StanceScoring",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Each line: a module, then all of the project that it may import. A line imports only from lines above it.
    .systemLibrary(
      name: "CLibYAML", path: "Sources/CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CLibXML2", path: "Sources/CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", path: "Sources/CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CSQLite", path: "Sources/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(
      name: "CLibArchive", path: "Sources/CLibArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .target(name: "CHearsayPlugin"),
    .executableTarget(name: "hash-sdk", dependencies: ["CHearsayPlugin"], path: "BuildTools/hash-sdk"),
    .plugin(
      name: "SDKFingerprint", capability: .buildTool(), dependencies: ["hash-sdk"], path: "BuildTools/SDKFingerprint"),
    .module("Hearsay", plugins: ["SDKFingerprint"]),
    .executableTarget(name: "embed-files", path: "BuildTools/embed-files"),
    .plugin(
      name: "EmbedLanguages", capability: .buildTool(), dependencies: ["embed-files"],
      path: "BuildTools/EmbedLanguages"),
    .target(name: "CByteClasses"),
    .module("HearsayText", imports: ["CByteClasses", "Hearsay"], resources: true, plugins: ["EmbedLanguages"]),
    .module("HearsayCompression", imports: ["CZlib", "CZstd"]),
    .plugin("Cleaning", imports: ["Hearsay", "HearsayText", "CLibXML2", "CByteClasses"], resources: true),
    .weights("CSentenceWeights", of: "SentenceSplitting", files: ["sentence-weights.bin"]),
    .plugin(
      "SentenceSplitting", imports: ["Hearsay", "HearsayText", "CSentenceWeights"], exclude: ["Weights"]),
    .weights("CQuoteWeights", of: "QuoteExtraction", files: ["quote-weights.bin"]),
    .plugin(
      "QuoteExtraction", imports: ["Hearsay", "HearsayText", "CQuoteWeights"], exclude: ["Weights"]),
    .weights("CStanceWeights", of: "StanceScoring", files: ["stance-weights.bin", "polarity.txt"]),
    .plugin(
      "StanceScoring", imports: ["Hearsay", "HearsayText", "CStanceWeights"], resources: true, exclude: ["Weights"]),
    .plugin("StanceSummary", imports: ["Hearsay", "HearsayText"]),
    .plugin("Export", imports: ["Hearsay", "HearsayText", "HearsayCompression", "CSQLite"]),
    .plugin("LanguageIdentification", imports: ["Hearsay", "HearsayText"]),
    .plugin("Deduplication", imports: ["Hearsay"]),
    .target(name: "CProcessGuard", path: "Plugins/External/Guard"),
    .plugin("External", imports: ["Hearsay", "CProcessGuard"], exclude: ["hearsay_stage.py", "Guard"]),
    .module("HearsayPlugins", imports: ["CHearsayPlugin", "Hearsay"]),
    .module("HearsayStreams", imports: ["Hearsay", "HearsayCompression", "CLibArchive"], resources: true),
    .module("HearsayPipeline", imports: ["Hearsay", "CLibYAML"]),
    .module("HearsayRunner", imports: ["Hearsay", "HearsayText", "HearsayStreams"]),
    .module(
      "HearsayCLI",
      imports: [
        "CHearsayPlugin", "Hearsay", "HearsayText", "HearsayPlugins", "HearsayPipeline", "HearsayStreams",
        "HearsayRunner", "Cleaning", "LanguageIdentification", "SentenceSplitting", "QuoteExtraction", "StanceScoring",
        "StanceSummary", "Deduplication", "Export", "External",
      ], external: [argumentParser]),
    .executableTarget(
      name: "HearsayCommand", dependencies: ["HearsayCLI"],
      // Plugins bind to the SDK that is in here.
      linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"], .when(platforms: [.linux]))]),
    .executableTarget(
      name: "train-stance", dependencies: ["Hearsay", "HearsayText", "StanceScoring"], path: "Training/train-stance"),
    .executableTarget(
      name: "train-quotes", dependencies: ["Hearsay", "HearsayText", "QuoteExtraction", "SentenceSplitting"],
      path: "Training/train-quotes"),
    .executableTarget(
      name: "train-sentences", dependencies: ["Hearsay", "HearsayText", "SentenceSplitting"],
      path: "Training/train-sentences"),
    .module("TestSupport", path: "Tests/Support"),
    .tests(of: "Hearsay"),
    .tests(of: "HearsayText", imports: ["Hearsay"]),
    .tests(of: "HearsayCompression"),
    .target(name: "GumboOracle", path: "Tests/GumboOracle"),
    .tests(of: "Cleaning", imports: ["CByteClasses", "Hearsay", "HearsayText", "GumboOracle"]),
    .tests(of: "LanguageIdentification", imports: ["Hearsay"], usesSupport: false),
    .tests(of: "SentenceSplitting", imports: ["Hearsay", "HearsayText"]),
    .tests(of: "QuoteExtraction", imports: ["Hearsay", "HearsayText", "SentenceSplitting"]),
    .tests(of: "StanceScoring", imports: ["Hearsay", "HearsayText", "SentenceSplitting", "QuoteExtraction"]),
    .tests(of: "StanceSummary", imports: ["Hearsay"]),
    .tests(of: "Export", imports: ["Hearsay", "HearsayCompression", "CSQLite"]),
    .tests(of: "Deduplication", imports: ["Hearsay"]),
    .tests(of: "External", imports: ["Hearsay"], usesSupport: false),
    .tests(of: "HearsayPlugins", imports: ["CHearsayPlugin", "Hearsay"]),
    .tests(of: "HearsayStreams", imports: ["Hearsay", "HearsayCompression"]),
    .tests(of: "HearsayPipeline", imports: ["Hearsay"]),
    .tests(of: "HearsayRunner", imports: ["Hearsay", "HearsayStreams"], usesSupport: false),
    .tests(
      of: "HearsayCLI", imports: ["Hearsay", "HearsayText", "HearsayPipeline", "HearsayStreams", "HearsayRunner"]),
  ],
  swiftLanguageModes: [.v6]
)

extension Target {
  /// A library module in `Sources/`. With `resources`, its `Data/` is embedded in the binary.
  static func module(
    _ name: String, path: String? = nil, imports: [String] = [], external: [Dependency] = [], resources: Bool = false,
    exclude: [String] = [], plugins: [PluginUsage] = []
  ) -> Target {
    .target(
      name: name, dependencies: imports.map { .byName(name: $0) } + external, path: path ?? "Sources/\(name)",
      exclude: exclude, resources: resources ? [.embedInCode("Data")] : [], plugins: plugins)
  }

  /// A built-in stage in `Plugins/`: it sees what any third party's stage sees.
  static func plugin(_ name: String, imports: [String], resources: Bool = false, exclude: [String] = []) -> Target {
    module(name, path: "Plugins/\(name)", imports: imports, resources: resources, exclude: exclude)
  }

  /// The trained weights of a plugin, embedded by the C compiler.
  static func weights(_ name: String, of plugin: String, files: [String]) -> Target {
    .target(name: name, path: "Plugins/\(plugin)/Weights", exclude: files)
  }

  /// The tests of a module, in a folder that mirrors it.
  static func tests(of name: String, imports: [String] = [], usesSupport: Bool = true) -> Target {
    .testTarget(
      name: "\(name)Tests",
      dependencies: ([name] + (usesSupport ? ["TestSupport"] : []) + imports).map { .byName(name: $0) })
  }
}

for target in package.targets
where target.type != .system && target.type != .plugin
  && !["CHearsayPlugin", "CByteClasses", "CProcessGuard", "GumboOracle"].contains(target.name)
  && !target.name.hasSuffix("Weights")
{
  target.swiftSettings = [
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
  ]
}
