package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"epgsim/sim/scenario"
)

// ownWords gives the commands that cobra adds, help and completion, what the
// others have: two examples, and an error for words they do not know.
func ownWords(root *cobra.Command) {
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show the help of a command",
		Example: `  epgsim help compare
  epgsim help scenario new`,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if at, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
				names = commandNames(at)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			at, rest, err := cmd.Root().Find(args)
			if err != nil {
				return noArguments(cmd.Root(), args)
			}
			if err := noArguments(at, rest); err != nil {
				return err
			}
			at.InitDefaultHelpFlag() // so that its help lists --help too
			return at.Help()
		},
	})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	completion, _, err := root.Find([]string{"completion"})
	if err != nil {
		panic(err) // cobra has just added it
	}
	completion.Short = "Print the script that completes words in a shell"
	completion.Example = "  epgsim completion bash\n  epgsim completion fish"
	completion.Args = noArguments
	completion.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	for _, shell := range completion.Commands() {
		shell.Args = noArguments
		shell.Example = "  epgsim completion " + shell.Name() + "\n  epgsim completion " + shell.Name() + " --no-descriptions"
	}
}

// noArguments refuses what is no command, or no word at all that a command takes.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := commandNames(cmd)
	if len(names) == 0 {
		return usagef("%s takes no argument, not %s", words(cmd), strings.Join(args, " "))
	}
	return usagef("unknown command %q; %s", args[0], remedy(args[0], names))
}

// commandNames are the commands below one.
func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// remedy is what one might have meant by an unknown word, or could have.
func remedy(word string, known []string) string {
	if near := scenario.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return "known: " + strings.Join(known, ", ")
}

// offer completes a word by names that are known only when asked for.
func offer(d cobra.ShellCompDirective, names func() []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return names(), d }
}

// firstWord completes the first word only.
func firstWord(complete cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return complete(cmd, args, word)
	}
}

// words are those typed to reach a command, without the program's name.
func words(cmd *cobra.Command) string {
	_, rest, _ := strings.Cut(cmd.CommandPath(), " ")
	return rest
}

// arguments demands so many of something: what it is called, and which there are.
func arguments(least, most int, what, which string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch n := len(args); {
		case least > 0 && (n == 0 || n == 1 && strings.TrimSpace(args[0]) == ""):
			return usagef("%s wants %s", words(cmd), which)
		case n > most && most == 1:
			return usagef("%s takes one %s, not %d: %s", words(cmd), what, n, strings.Join(args, " "))
		case n > most:
			return usagef("%s takes at most %d, not %d", words(cmd), most, n)
		}
		return nil
	}
}

// oneDirectory demands the directory of a data set.
var oneDirectory = arguments(1, 1, "DIR", "the DIR of a data set, such as out/focus-by-years-sweep")

// sticky keeps the first error of writing. Printed lines are not checked one by
// one, and a table lost on a full disk must not end in success.
type sticky struct {
	w   io.Writer
	err error
}

func (s *sticky) Write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(b)
	s.err = err
	return n, err
}
