package main

import (
	_ "embed"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	programversion "epgsim/cmd/internal/version"
)

// version is the program's; it stands in every manifest.
const version = programversion.Program

// notices are the licences of what is linked in; see TestNotices.
//
//go:embed notices.txt
var notices string

func (a *app) versionCommand() *cobra.Command {
	licenses, cite := false, false
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print version, Go version, commit and the hash of the model; the licences of libraries; how to cite",
		Example: `  epgsim version
  epgsim version --licenses`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if licenses && cite {
				return usagef("version: --licenses and --cite print different things; give one")
			}
			if licenses {
				_, err := fmt.Fprint(a.out, notices)
				return err
			}
			hash, err := report.ModelHash()
			if err != nil {
				return err
			}
			if cite {
				_, err := fmt.Fprint(a.out, citation(commit(debug.ReadBuildInfo()), hash))
				return err
			}
			_, err = fmt.Fprintf(a.out, "epgsim %s\n%s %s/%s\ncommit %s\nmodel %s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, commit(debug.ReadBuildInfo()), hash)
			return err
		},
	}
	cmd.Flags().BoolVar(&licenses, "licenses", false, "print the licences of the libraries in the program instead")
	cmd.Flags().BoolVar(&cite, "cite", false, "print how to cite this program instead, as a CITATION.cff")
	return cmd
}

// citation is a file of the Citation File Format (citation-file-format.github.io,
// 1.2.0), which libraries and reference managers read.
func citation(commit, model string) string {
	built := ""
	if commit != unknownCommit {
		built = fmt.Sprintf("commit: %q\n", commit)
	}
	return fmt.Sprintf(`cff-version: 1.2.0
message: Please cite this version of the program; its results are those of the model with this hash.
type: software
title: "epgsim: an agent-based simulator of export partner groups"
authors:
  - name: The epgsim maintainers
version: %q
%sidentifiers:
  - type: other
    value: "sha256:%s"
    description: Hash of the model, as epgsim version and every manifest give it
`, version, built, model)
}

// unknownCommit stands where the build does not say.
const unknownCommit = "unknown"

// commit is what the program was built from, as far as the build says.
func commit(info *debug.BuildInfo, ok bool) string {
	found := unknownCommit
	changed := ""
	if !ok {
		return found
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			found = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", with changes"
		}
	}
	return found + changed
}
