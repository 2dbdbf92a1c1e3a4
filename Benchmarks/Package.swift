// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who uses Hearsay builds it.
let package = Package(
  name: "HearsayBenchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Hearsay", path: "..")],
  targets: [
    .executableTarget(
      name: "hearsay-benchmarks",
      dependencies: [
        .product(name: "Hearsay", package: "Hearsay"), .product(name: "HearsayCLI", package: "Hearsay"),
        .product(name: "HearsayParts", package: "Hearsay"),
      ],
      path: "Sources/HearsayBenchmarks",
      swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")])
  ],
  swiftLanguageModes: [.v6]
)
