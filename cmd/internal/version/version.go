// Package version knows which version of epgsim this is.
package version

// Program is the program's version; it stands in every manifest.
const Program = "0.1.0"
