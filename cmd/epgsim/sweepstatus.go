package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

func (a *app) sweepStatus() *cobra.Command {
	shards := 0
	cmd := &cobra.Command{
		Use:   "status DIR",
		Short: "Say how far a data set is",
		Long: `status looks at the data set of a sweep, which may be running, and says how much
of it is there. With --shards it says what is missing of each share.`,
		Example: `  epgsim sweep status out/focus-by-years-sweep
  epgsim sweep status out/focus-by-years-sweep --shards 8`,
		Args:              oneDirectory,
		ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error {
			if shards < 0 || shards > mostShards {
				return usagef("--shards = %d: must be within 1..%d", shards, mostShards)
			}
			s, err := store.ReadStatus(cmd.Context(), args[0], max(1, shards))
			if err != nil {
				return noDataset(err)
			}
			a.tellStatus(args[0], s, shards)
			return nil
		},
	}
	cmd.Flags().IntVar(&shards, "shards", 0, "number of shares that the sweep is split into")
	return cmd
}

// mostShards is more machines than anybody has.
const mostShards = 1_000_000

// tellStatus prints how far a data set is.
func (a *app) tellStatus(path string, s *store.Status, shards int) {
	h, out := &s.Head, tell.HarmlessWriter(a.out)
	fmt.Fprintf(out, "%s: %s, %d rows, %d replications of each\n", path, cmp.Or(h.Fact("design"), h.Fact("programme")), h.Rows, h.Replications)
	fmt.Fprintf(out, "%d of %d runs, %d of %d parts, %s\n", s.Runs, h.Runs(), s.Done, h.Parts(), tell.Size(s.Bytes))
	for i, n := range s.Missing {
		if n > 0 && shards > 0 {
			fmt.Fprintf(out, "  share %d/%d: %d parts missing\n", i+1, shards, n)
		}
	}
	for _, w := range s.Writers {
		fmt.Fprintf(out, "being written by %s\n", w)
	}
	for _, w := range s.Warnings {
		fmt.Fprintln(out, w)
	}
	switch {
	case s.Complete:
		fmt.Fprintf(out, "complete, going by the sizes of its files; 'epgsim verify %s --quick' reads them all\n", tell.ShellWord(path))
	case s.Done == h.Parts():
		fmt.Fprintf(out, "all runs are there, but not the manifest; 'epgsim sweep merge %s' writes it\n", path)
	}
}

func (a *app) sweepExport() *cobra.Command {
	format := oneOf("csv", "parquet")
	table := oneOf(report.TableRuns, report.TableSeries, report.TableGroups)
	to, force := "", false
	cmd := &cobra.Command{
		Use:   "export DIR",
		Short: "Write a data set as one CSV or Parquet file",
		Long: `export writes all runs of a data set to one file, part after part: all
replications of the first rows, some at a time, then the next rows. DuckDB, Python and R read the Parquet parts as they stand, too.`,
		Example: `  epgsim sweep export out/focus-by-years-sweep
  epgsim sweep export out/focus-by-years-sweep --format parquet --to focus.parquet`,
		Args:              oneDirectory,
		ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error {
			f := map[string]store.Format{"csv": store.CSV, "parquet": store.Parquet}[format.value]
			path := to
			if path == "" {
				name := map[string]string{report.TableRuns: "", report.TableSeries: "-series", report.TableGroups: "-groups"}[table.value]
				path = strings.TrimRight(filepath.Clean(args[0]), string(filepath.Separator)) + name + "." + format.value
			}
			if to == "-" {
				return noDataset(store.ExportTo(cmd.Context(), args[0], table.value, f, a.out))
			}
			switch err := store.Export(cmd.Context(), args[0], table.value, f, path, force); {
			case errors.Is(err, store.ErrNoDataset):
				return usageError{err}
			case err != nil:
				return fileError(path, err)
			}
			fmt.Fprintf(a.out, "Wrote %s\n", path)
			return nil
		},
	}
	format.add(cmd, "format", "csv or parquet")
	table.add(cmd, "table", "parts (one row per run), series (the weekly series, if the design keeps them) or groups (of a programme: one row per group and what it may get)")
	cmd.Flags().Var(location{&to}, "to", "the file to write (default DIR.csv or DIR.parquet); - is standard output")
	addForce(cmd, &force, "replace the file, if it is one that this command wrote")
	return cmd
}

func (a *app) sweepMerge() *cobra.Command {
	return &cobra.Command{
		Use:   "merge DIR [SHARE...]",
		Short: "Bring shares of a sweep together and check that nothing is missing",
		Long: `merge checks that the data set in DIR is complete and writes its manifest. Shares
that ran in directories of their own, on machines without a common file system,
are copied into DIR first. It fails when parts are missing, and says which.`,
		Example: `  epgsim sweep merge out/focus-by-years-sweep
  epgsim sweep merge out/all out/focus-by-years-sweep`,
		Args:              arguments(1, math.MaxInt, "DIR", "the DIR of a data set"),
		ValidArgsFunction: completeDirectories,
		RunE: func(cmd *cobra.Command, args []string) error {
			missing, warnings, err := store.Merge(cmd.Context(), args[0], args[1:]...)
			for _, w := range warnings {
				fmt.Fprintln(tell.HarmlessWriter(a.err), w)
			}
			switch {
			case err != nil:
				return noDataset(a.kept(err))
			case missing > 0:
				return fmt.Errorf("%s: %d parts are missing; 'epgsim sweep status %s --shards N' says of which shares, and running those again does no more than what is missing", args[0], missing, args[0])
			}
			fmt.Fprintf(a.out, "%s is complete\n", args[0])
			return nil
		},
	}
}

var (
	completeDirectory   = firstWord(completeDirectories)
	completeDirectories = cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs)
)
