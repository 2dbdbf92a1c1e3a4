// swift-tools-version: 6.2
import PackageDescription

// A package of its own: all of it, and what it imports, is built for libFuzzer by `Scripts/fuzz`.
let package = Package(
  name: "HearsayFuzz",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Hearsay", path: "..")],
  targets: [
    .executableTarget(
      name: "hearsay-fuzz",
      dependencies: [
        "CLibFuzzer", .product(name: "Hearsay", package: "Hearsay"),
        .product(name: "HearsayParts", package: "Hearsay"),
      ],
      path: "Sources/HearsayFuzz",
      swiftSettings: [
        .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ]),
    .target(name: "CLibFuzzer"),
  ],
  swiftLanguageModes: [.v6]
)
