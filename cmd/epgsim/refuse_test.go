package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// refusals are mistakes in words typed, with what the program says of each:
// what is wrong, where, and what would be right. The wording is part of the
// product. Mistakes within files stand in testdata/script/check-errors.txtar
// and, all of them, in the tests of sim/scenario.
var refusals = []struct{ args, want string }{
	{"comparee base", `epgsim: unknown command "comparee"; did you mean compare?` + see("")},
	{"simulate base", `epgsim: unknown command "simulate"; known: ` + known() + see("")},
	{"scenario nwe", `epgsim: unknown command "nwe"; did you mean new?` + see(" scenario")},
	{"scenario delete", `epgsim: unknown command "delete"; known: check, list, new, show` + see(" scenario")},
	{"completion tcsh", `epgsim: unknown command "tcsh"; known: bash, fish, powershell, zsh` + see(" completion")},
	{"completion bash now", `epgsim: completion bash takes no argument, not now` + see(" completion bash")},
	{"help comparee", `epgsim: unknown command "comparee"; did you mean compare?` + see(" help")},
	{"help scenario nwe", `epgsim: unknown command "nwe"; did you mean new?` + see(" help")},
	{"version please", `epgsim: version takes no argument, not please` + see(" version")},
	{"scenario list all", `epgsim: scenario list takes no argument, not all` + see(" scenario list")},

	{"compare base --replicatons 3", `epgsim: unknown flag --replicatons; did you mean --replications?` + see(" compare")},
	{"compare base --colour", `epgsim: unknown flag: --colour` + see(" compare")},
	{"compare base -z", `epgsim: unknown shorthand flag: 'z' in -z` + see(" compare")},
	{"compare base --set", `epgsim: flag needs an argument: --set` + see(" compare")},

	{"compare", `epgsim: compare wants a SCENARIO: a file, or one of the names that 'epgsim scenario list' shows` + see(" compare")},
	{"run --seed 3", `epgsim: run wants a SCENARIO: a file, or one of the names that 'epgsim scenario list' shows` + see(" run")},
	{"scenario check", `epgsim: scenario check wants at least one SCENARIO: a file, or one of the names that 'epgsim scenario list' shows` + see(" scenario check")},
	{"compare base base", `epgsim: base is given twice, or two scenarios have that name; give each once, under a name of its own` + see(" compare")},
	{"compare base short-system-project", `epgsim: base has a project of 3 years, short-system-project one of 1 year; give one period for both: --set project.years=3, or several: --vary project.years=1,3` + see(" compare")},
	{"scenario new a.toml b.toml", `epgsim: scenario new takes one FILE, not 2: a.toml b.toml` + see(" scenario new")},
	{"parameters trust joint", `epgsim: parameters takes one WORD, not 2: trust joint` + see(" parameters")},
	{"parameters gravity", `epgsim: no parameter's name, label or meaning has "gravity"; 'epgsim parameters' lists them all` + see(" parameters")},
	{"compare food-product", `food-product: no shipped scenario of that name; did you mean food-products?`},
	{"compare missing.toml", `missing.toml: no such file`},
	{"compare .", `.: is a directory; name the scenario file in it`},
	{"trace sub", `sub: is a directory; name the scenario file in it; did you mean sub/scenario.toml?`},
	{"scenario check full", `full: is a directory; name the scenario file in it`},

	{"compare base --replications 0", `epgsim: --replications = 0: must be within 1..100000` + see(" compare")},
	{"run base --replications -1", `epgsim: --replications = -1: must be within 1..100000` + see(" run")},
	{"run base -n 10000001", `epgsim: --replications = 10000001: must be within 1..100000` + see(" run")},
	{"run base --replications 1e99", `epgsim: --replications = 1e99: must be a whole number, written in the digits 0 to 9 alone` + see(" run")},
	{"run base --replications abc", `epgsim: --replications = abc: must be a whole number, written in the digits 0 to 9 alone` + see(" run")},
	{"run base --replications 99999999999999999999", `epgsim: --replications = 99999999999999999999: is too large a number` + see(" run")},
	{"run base --seed -1", `epgsim: --seed = -1: must be a whole number that is not negative` + see(" run")},
	{"run base --seed 0x10", `epgsim: --seed = 0x10: must be a whole number, written in the digits 0 to 9 alone` + see(" run")},
	{"run base --series 0b11", `epgsim: --series = 0b11: must be a whole number, written in the digits 0 to 9 alone` + see(" run")},
	{"run base --workers 1_0", `epgsim: --workers = 1_0: must be a whole number, written in the digits 0 to 9 alone` + see(" run")},
	{"run base -n +5", `epgsim: --replications = +5: must be a whole number, written in the digits 0 to 9 alone` + see(" run")},
	{"run base --replications 0100001", `epgsim: --replications = 100001: must be within 1..100000` + see(" run")},
	{"sweep base --shard +1/8", `epgsim: --shard = +1/8: "+1/8" is not a share: give i/n, from 1/n to n/n: 3/8 is the third of eight` + see(" sweep")},
	{"run base --workers -1", `epgsim: --workers = -1: must be within 0..4096 (0: one per processor)` + see(" run")},
	{"run base --series 4 -n 3", `epgsim: --series = 4: must be within 0..3, the number of replications` + see(" run")},
	{"compare base --format xml", `epgsim: --format = xml: must be one of both, csv, parquet, xlsx` + see(" compare")},
	{"trace base --format xml", `epgsim: --format = xml: must be one of text, jsonl` + see(" trace")},
	{"parameters --role king", `epgsim: --role = king: must be one of all, lever, uncertainty, constant` + see(" parameters")},
	{"compare base --quiet=perhaps", `epgsim: --quiet = perhaps: must be true or false` + see(" compare")},

	{"compare base --set money.manager=78000", `--set: money.manager = 78000: must be within 0..500 k€/year; in k€: 78`},
	{"compare base --set group.size", `epgsim: --set group.size: must be KEY=VALUE, for example --set project.years=5` + see(" compare")},
	{"compare base --set =5", `epgsim: --set =5: must be KEY=VALUE, for example --set project.years=5` + see(" compare")},
	{"compare base --set group.size=", `epgsim: --set group.size=: must be KEY=VALUE, for example --set project.years=5` + see(" compare")},
	{"compare base --set group.sise=4", `--set: group.sise: unknown key; did you mean group.size?`},
	{"compare base --set group.size=99", `--set: group.size = 99: must be a whole number within 2..12 SMEs`},
	{"compare base --set group.size=4.5", `--set: group.size = 4.5: must be a whole number within 2..12 SMEs`},
	{"compare base --set group.focus=nan", `--set: group.focus = nan: must be a number within 0..1`},
	{"compare base --set group.focus=inf", `--set: group.focus = inf: must be within 0..1`},
	{"compare base --set group.focus=system", `--set: group.focus = "system": must be a number within 0..1; write 1`},
	{"compare base --set group.open=1", `--set: group.open = 1: must be true or false; write true for 1`},
	{"compare base --set project.years=36", `--set: project.years = 36: must be within 0.25..10 years; 36 months are 3 years`},
	{"trace base --set group.mix=0.5,0.6,0", `--set: group.mix = [0.5, 0.6, 0]: must be three weights, of market, customer and system opportunities, that sum to 1; these sum to 1.1`},
	{"scenario show base --set group.suppliers=5", `--set: group.suppliers = 5: more suppliers than there are SMEs beside the hub: at most 4 in a group of 5`},
	{"run base --set group.hub=Yard", `--set: group.hub = "Yard": must be the name of a listed SME, and none are listed; list the SMEs as [[sme]], or leave the hub to the group`},
	{"run base --set group.size=99 --set group.focus=2", "--set: group.size = 99: must be a whole number within 2..12 SMEs\n--set: group.focus = 2: must be within 0..1; write 2 % as 0.02"},

	{"compare base --vary group.focus", `epgsim: --vary group.focus: must be KEY=VALUE, for example --vary group.focus=0,0.5,1` + see(" compare")},
	{"compare base --vary group.focus=,", `epgsim: --vary group.focus=,: names no value; for example --vary project.years=1,2,5` + see(" compare")},
	{"compare base --vary group.fokus=0,1", `--vary: group.fokus: unknown key; did you mean group.focus?`},
	{"compare base --vary group.size=3,99", `--vary: group.size = 99: must be a whole number within 2..12 SMEs`},
	{"compare base --vary project.years=1,30", `--vary: project.years = 30: must be within 0.25..10 years; 30 months are 2.5 years`},
	{"compare base --vary group.suppliers=2,5", `--vary: group.suppliers = 5: more suppliers than there are SMEs beside the hub: at most 4 in a group of 5`},
	{"compare base --vary group.hours=1,2,3,4,5,6,7,8,9,10,11,12,13", `epgsim: --vary group.hours=1,2,3,4,5,6,7,8,9,10,11,12,13: makes 13 variants; at most 12 can be compared side by side, so give fewer values` + see(" compare")},
	{"compare base --vary group.size=3:6:1 --vary group.focus=0,0.2,0.5,1", `epgsim: --vary group.focus=0,0.2,0.5,1: makes 16 variants; at most 12 can be compared side by side, so give fewer values` + see(" compare")},
	{"compare base --vary manager.hours=8:40", `epgsim: --vary manager.hours=8:40: a range is LOW:HIGH:STEP, three numbers such as 8:40:8` + see(" compare")},
	{"compare base --vary manager.hours=8:40:eight", `epgsim: --vary manager.hours=8:40:eight: a range is LOW:HIGH:STEP, three numbers such as 8:40:8` + see(" compare")},
	{"compare base --vary manager.hours=8:40:-8", `epgsim: --vary manager.hours=8:40:-8: a range goes up from LOW to HIGH by a STEP above 0` + see(" compare")},
	{"compare base --vary manager.hours=5,40:8:8", `epgsim: --vary manager.hours=40:8:8: a range goes up from LOW to HIGH by a STEP above 0` + see(" compare")},
	{"compare base --vary group.focus=0:1:0.3", `epgsim: --vary group.focus=0:1:0.3: steps of 0.3 from 0 do not end at 1; end at 0.9 or at 1.2` + see(" compare")},
	{"run base --vary manager.hours=0:100:0.01", `epgsim: --vary manager.hours=0:100:0.01: makes more than 12 values, the most that can be compared side by side; take a larger step` + see(" run")},
	{"compare base --vary group.size=3:6:1,4", `epgsim: --vary group.size: 4 and 4 are one value; give each once` + see(" compare")},
	{"compare base --vary group.size=11:13:1", `--vary: group.size = 13: must be a whole number within 2..12 SMEs`},
	{"run base --vary group.size=3 --vary group.size=4", `epgsim: --vary group.size is given twice; give all its values at once, with commas` + see(" run")},
	{"run base --vary group.size=4,3,4", `epgsim: --vary group.size: 4 and 4 are one value; give each once` + see(" run")},
	{"run base --vary group.size=99,6", `--vary: group.size = 99: must be a whole number within 2..12 SMEs`},
	{"run base --vary group.size=6,6 --vary group.focus=2", `--vary: group.focus = 2: must be within 0..1; write 2 % as 0.02`},
	{"compare base --vary group.focus=0,1 --vary project.years=1,2,1.0", `epgsim: --vary project.years: 1 and 1.0 are one value; give each once` + see(" compare")},
	{"run base --vary project.years=1,2,3,4,5,6,7,8,9,1.5,2.5,3.5,4.5", `epgsim: --vary project.years: 13 periods; at most 12 can be read in one figure, so give fewer` + see(" run")},

	{"explain base --contrast group.focus", `epgsim: --contrast group.focus: must be KEY=A,B with two different values, such as group.focus=0,1` + see(" explain")},
	{"explain base --contrast group.fokus=0,1", `--contrast: group.fokus: unknown key; did you mean group.focus?`},
	{"explain base --outcome value_projekt", `epgsim: unknown outcome "value_projekt"; did you mean value_project?` + see(" explain")},
	{"explain base --mechanisms joint-hour", `epgsim: --mechanisms: unknown mechanism "joint-hour"; did you mean joint-hours?` + see(" explain")},
	{"claims --quick --full", `epgsim: if any flags in the group [quick full] are set none of the others can be; [full quick] were all set` + see(" claims")},

	{"trace base --from 0", `epgsim: --from 0 --to 260: must be weeks within 1..520, in this order` + see(" trace")},
	{"trace base --from 9 --to 3", `epgsim: --from 9 --to 3: must be weeks within 1..520, in this order` + see(" trace")},
	{"trace base --to 521", `epgsim: --from 1 --to 521: must be weeks within 1..520, in this order` + see(" trace")},
	{"trace base --to -5", `epgsim: --from 1 --to -5: must be weeks within 1..520, in this order` + see(" trace")},
	{"trace base --replication -1", `epgsim: --replication = -1: must be a whole number that is not negative` + see(" trace")},

	{"run base -n 100000 --vary project.years=10 --vary group.size=2:12:1 --format xlsx", `epgsim: table replications would have 1100000 rows: a sheet of Excel holds no more than 1 048 575 rows; take another --format`},
	{"run base -n 2 --out full", `epgsim: full: directory is not empty and holds no run of epgsim; choose another directory (--force would only replace a run)`},
	{"run base -n 2 --out full --force", `epgsim: full: has content that was not written by epgsim (file), so --force does not touch it; choose another directory`},
	{"run base -n 2 --out full/file", `epgsim: --out full/file: cannot write a run there: it is a file, not a directory; choose another name` + see(" run")},
	{"run base -n 2 --out full/file/deep", `epgsim: --out full/file/deep: cannot create: a part of the path is a file, not a directory` + see(" run")},
	{"run base -n 2 --out " + strings.Repeat("l", 300), "epgsim: " + strings.Repeat("l", 300) + ": cannot create: the name is too long"},
	{"scenario new " + strings.Repeat("l", 300), "epgsim: " + strings.Repeat("l", 300) + ": cannot write: the name is too long"},
	{"explain base -n 2 --out full/file", `epgsim: --out full/file: cannot write a run there: it is a file, not a directory; choose another name` + see(" explain")},
	{"claims C107 --out full/file", `epgsim: --out full/file: cannot write a run there: it is a file, not a directory; choose another name` + see(" claims")},
	{"claims C107 --out full --force", `epgsim: full is not empty and holds no ledger of claims; choose another --out` + see(" claims")},
	{"sweep focus-by-years --out full/file", `epgsim: --out full/file: cannot write a run there: it is a file, not a directory; choose another name` + see(" sweep")},
	{"sweep export full", `epgsim: full: no data set is there` + see(" sweep export")},
	{"sweep export full/file", `epgsim: full/file: no data set is there` + see(" sweep export")},
	{"sweep export none/set", `epgsim: none/set: no data set is there` + see(" sweep export")},
	{"sweep merge new none", `epgsim: none: no data set is there` + see(" sweep merge")},
	{"verify none", `epgsim: none: there is no such directory` + see(" verify")},
	{"verify full/file", `epgsim: full/file: is a file; name the directory of results that it is in` + see(" verify")},
	{"scenario new full/file/a.toml", `epgsim: full/file/a.toml: cannot be written, full/file is a file, not a folder` + see(" scenario new")},
	{"scenario new full --force", `epgsim: full: cannot be written, it is a folder; name a file` + see(" scenario new")},
	{"scenario new full/file", `epgsim: full/file exists already and is not of the kind that epgsim writes there, which --force does not replace; choose another name` + see(" scenario new")},
	{"scenario new full/file --force", `epgsim: full/file exists already and is not of the kind that epgsim writes there, which --force does not replace; choose another name` + see(" scenario new")},
	{"sweep new full/file --force", `epgsim: full/file exists already and is not of the kind that epgsim writes there, which --force does not replace; choose another name` + see(" sweep new")},
	{"sweep new link", `epgsim: link exists already and is no regular file; choose another name` + see(" sweep new")},
	{"scenario new link --force", `epgsim: link exists already and is no regular file; choose another name` + see(" scenario new")},
	{"scenario new none/a.toml", `epgsim: none/a.toml: cannot be written, there is no folder none; make it first` + see(" scenario new")},
}

// known lists the verbs.
func known() string {
	var names []string
	everyCommand(func(cmd *cobra.Command) {
		if cmd.HasParent() && cmd.Parent().Name() == "epgsim" && cmd.Name() != "help" {
			names = append(names, cmd.Name())
		}
	})
	return strings.Join(names, ", ")
}

func see(command string) string { return "\nSee 'epgsim" + command + " --help'." }

// Every refusal has exit code 2 and its message, prints nothing else, and
// leaves nothing behind.
func TestEveryMistakeHasItsMessage(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.MkdirAll("full", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("sub", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("full/file", "link"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"full/file", "sub/scenario.toml"} {
		if err := os.WriteFile(name, []byte("mine"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range refusals {
		code, stdout, stderr := call(strings.Fields(c.args)...)
		if code != exitUsage || stdout != "" || stderr != c.want+"\n" {
			t.Errorf("epgsim %s\nexit code %d, stdout %.80q, stderr\n%swant code 2 and\n%s", c.args, code, stdout, stderr, c.want)
		}
	}
	for _, args := range [][]string{{"run", "base", "-o", ""}, {"claims", "--out="}, {"sweep", "focus-by-years", "--out="}, {"sensitivity", "system-levers", "--data="}, {"sweep", "export", "full", "--to", ""}} {
		if code, _, stderr := call(args...); code != exitUsage || !strings.Contains(stderr, " = : must be a path; without the flag it is the default one") {
			t.Errorf("an empty path in %q: %d, %s", args, code, stderr)
		}
	}
	if code, _, stderr := call("compare", " "); code != exitUsage || !strings.HasPrefix(stderr, "epgsim: compare wants a SCENARIO: ") {
		t.Errorf("a blank for a scenario: %d, %s", code, stderr)
	}
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) != 3 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if got := tree(t, "."); !slices.Equal(got, []string{"full/file", "link", "sub/scenario.toml"}) || string(read(t, "full/file")) != "mine" {
		t.Errorf("files afterwards: %q", got)
	}
}
