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
	licenses := false
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print version, Go version, commit and the hash of the model; the licences of libraries",
		Example: `  epgsim version
  epgsim version --licenses`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if licenses {
				_, err := fmt.Fprint(a.out, notices)
				return err
			}
			hash, err := report.ModelHash()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "epgsim %s\n%s %s/%s\ncommit %s\nmodel %s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH, commit(debug.ReadBuildInfo()), hash)
			return err
		},
	}
	cmd.Flags().BoolVar(&licenses, "licenses", false, "print the licences of the libraries in the program instead")
	return cmd
}

// commit is what the program was built from, as far as the build says.
func commit(info *debug.BuildInfo, ok bool) string {
	found := "unknown"
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
