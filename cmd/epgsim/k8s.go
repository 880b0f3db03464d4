package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"unicode"

	"github.com/spf13/cobra"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
)

//go:embed k8s.yaml.tmpl
var k8sText string

// k8sTemplate writes YAML in which every text that is not of our own choosing
// goes through quote or text. A quoted string of Go's is one of YAML's too.
var k8sTemplate = template.Must(template.New("k8s").Funcs(template.FuncMap{"quote": strconv.Quote, "text": yamlText}).Parse(k8sText))

// k8sJob is what is filled into the template.
type k8sJob struct {
	Version, Title           string
	Name                     string // of all objects; a DNS label
	Namespace                string // "" for that of kubectl
	Image, Claim, Memory     string
	Data                     string // where the data set is in the pods
	Tasks, CPUs              int
	Runs, Replications       int
	DesignTOML, ScenarioTOML string
}

func (a *app) sweepK8s() *cobra.Command {
	o, j := &sweepOptions{}, &k8sJob{Version: version}
	cmd := &cobra.Command{
		Use:   "k8s DESIGN",
		Short: "Print a sweep as an Indexed Job for Kubernetes",
		Long: `k8s prints one YAML document for kubectl apply: the design, an Indexed Job whose
pods each run a share of the sweep, and a suspended Job that merges. The head of
the document says how to use it.`,
		Example: `  epgsim sweep k8s focus-by-years --image registry.example.org/epgsim:0.1 --tasks 4
  epgsim sweep k8s focus-by-years --image epgsim --tasks 4 --claim results --namespace lab`,
		Args:              oneDesign,
		ValidArgsFunction: completeDesign,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.read(cmd, args[0])
			if err != nil {
				return err
			}
			if err := j.fill(a, s, o); err != nil {
				return err
			}
			return k8sTemplate.Execute(a.out, j)
		},
	}
	o.addDesign(cmd)
	f := cmd.Flags()
	f.Lookup("out").Usage = "directory of the data set on the volume (default DESIGN-sweep)"
	f.StringVar(&j.Image, "image", "", "container image with epgsim and a shell")
	f.IntVar(&j.Tasks, "tasks", 0, "pods, each with a share of the sweep")
	f.StringVar(&j.Claim, "claim", "epgsim", "persistent volume claim for the data set; all nodes must be able to write to it")
	f.IntVar(&j.CPUs, "cpus", 1, "processors and workers of a pod")
	f.StringVar(&j.Memory, "memory", "512Mi", "memory of a pod")
	f.StringVar(&j.Namespace, "namespace", "", "namespace of all that is made (default that of kubectl)")
	return cmd
}

var (
	dnsLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	dnsName  = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)
	quantity = regexp.MustCompile(`^[1-9][0-9]*(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$`)
)

// mostK8sTasks is the most completions of an Indexed Job with a limit of tries
// per index and as many at a time; see the documentation of Job.
const mostK8sTasks = 10_000

// mostConfigMap is the most that a ConfigMap may hold, in bytes.
const mostConfigMap = 1 << 20

// fill checks the flags and fills in the rest.
func (j *k8sJob) fill(a *app, s *experiment.Sweep, o *sweepOptions) error {
	head, _, err := a.sweepHead(s, o.replications)
	if err != nil {
		return err
	}
	if err := j.check(min(head.Parts(), mostK8sTasks)); err != nil {
		return err
	}
	d := s.Design
	folder := path.Clean(filepath.ToSlash(cmp.Or(o.out, d.Name+"-sweep")))
	if !filepath.IsLocal(folder) || folder == "." {
		return usagef("--out = %q: must be a directory on the volume, without .. and not beginning with /", o.out)
	}
	j.Data, j.Runs, j.Replications = path.Join("/data", folder), head.Runs(), head.Replications
	j.DesignTOML, j.ScenarioTOML = string(d.TOML()), string(d.Scenario.TOML())
	if n := len(j.DesignTOML) + len(j.ScenarioTOML); n > mostConfigMap {
		return fmt.Errorf("the design and its scenario are %s, and a ConfigMap holds no more than 1 MiB", tell.Size(int64(n)))
	}
	j.Name = k8sName(d.Name, fmt.Sprint(d.Hash(), j.Tasks, j.Replications, j.Data))
	j.Title = d.Name
	return nil
}

// check says what is wrong with the flags.
func (j *k8sJob) check(mostTasks int) error {
	switch {
	case j.Image == "" || strings.ContainsFunc(j.Image, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return usagef("--image = %q: must name a container image, such as registry.example.org/epgsim:%s", j.Image, version)
	case j.Tasks < 1 || j.Tasks > mostTasks:
		return usagef("--tasks = %d: must be within 1..%d", j.Tasks, mostTasks)
	case j.CPUs < 1 || j.CPUs > 4096:
		return usagef("--cpus = %d: must be within 1..4096", j.CPUs)
	case !quantity.MatchString(j.Memory):
		return usagef("--memory = %q: must be a number of bytes as Kubernetes writes it, such as 512Mi or 2Gi", j.Memory)
	case !dnsName.MatchString(j.Claim):
		return usagef("--claim = %q: must be the name of a claim: lower-case letters, digits, - and .", j.Claim)
	case j.Namespace != "" && !dnsLabel.MatchString(j.Namespace):
		return usagef("--namespace = %q: must be lower-case letters, digits and -", j.Namespace)
	}
	return nil
}

// k8sName makes a DNS label of a design's name, and of what else makes its job
// another: a Job that is there cannot be changed. It is short enough for pods
// to have the name with an index behind it.
func k8sName(design, content string) string {
	return "epgsim-" + strings.TrimRight(design[:min(len(design), 30)], "-") + "-" + shortHash(content)
}

// yamlText is a value of data in a ConfigMap, as a block that people can read
// where that says exactly the text, else quoted.
func yamlText(text string) string {
	plain := strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\n\n") && text != "\n" &&
		!strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
	if !plain {
		return strconv.Quote(text)
	}
	const indent = "    "
	var b strings.Builder
	b.WriteString("|2\n") // indented by two more than its key
	for line := range strings.Lines(text) {
		if line != "\n" {
			b.WriteString(indent)
		}
		b.WriteString(line)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
