// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's own books of each balloon, in the debugfs file "balloon-witness": a line
 * "pages N listed N isolated N" for each balloon that has pages which can be migrated.
 * These are the pages that say that they are in the balloon, those on its list, and its
 * count of isolated ones. No other file shows the last two.
 *
 * The balloons are found by their pages: drivers keep them to themselves.
 */
#include <linux/debugfs.h>
#include <linux/io.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/version.h>

static struct dentry *file;

/* Later kernels protect the books with a lock that no module can take. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 18, 0)
#include <linux/balloon_compaction.h>

#define BALLOONS_MAX	8

struct found {
	struct balloon_dev_info *balloon;
	unsigned long pages;
};

static struct balloon_dev_info *balloon_of(unsigned long pfn)
{
	struct page *page = pfn_to_online_page(pfn);

	/* Nobody else has movable pages that are flagged offline. */
	if (!page || !PageOffline(page) || !__PageMovable(page))
		return NULL;
	return (struct balloon_dev_info *)page_private(page);
}

static void count(struct found *found, struct balloon_dev_info *balloon)
{
	int i = 0;

	while (i < BALLOONS_MAX && found[i].balloon && found[i].balloon != balloon)
		i++;
	if (i == BALLOONS_MAX)
		return;
	found[i].balloon = balloon;
	found[i].pages++;
}

static void show_balloon(struct seq_file *m, const struct found *found)
{
	struct balloon_dev_info *balloon = found->balloon;
	unsigned long isolated, listed;

	spin_lock_irq(&balloon->pages_lock);
	listed = list_count_nodes(&balloon->pages);
	isolated = balloon->isolated_pages;
	spin_unlock_irq(&balloon->pages_lock);
	seq_printf(m, "pages %lu listed %lu isolated %lu\n", found->pages, listed,
		   isolated);
}

static int witness_show(struct seq_file *m, void *unused)
{
	unsigned long pfn, end = PHYS_PFN(virt_to_phys(high_memory - 1)) + 1;
	struct found found[BALLOONS_MAX] = {};
	struct balloon_dev_info *balloon;
	int i;

	for (pfn = 0; pfn < end; pfn++) {
		balloon = balloon_of(pfn);
		if (balloon)
			count(found, balloon);
		if (!(pfn % 1024))
			cond_resched();
	}
	for (i = 0; i < BALLOONS_MAX && found[i].balloon; i++)
		show_balloon(m, &found[i]);
	return 0;
}
#else
static int witness_show(struct seq_file *m, void *unused)
{
	return 0;
}
#endif
DEFINE_SHOW_ATTRIBUTE(witness);

static int __init witness_init(void)
{
	file = debugfs_create_file("balloon-witness", 0400, NULL, NULL,
				   &witness_fops);
	return 0;
}
module_init(witness_init);

static void __exit witness_exit(void)
{
	debugfs_remove(file);
}
module_exit(witness_exit);

MODULE_DESCRIPTION("The kernel's own books of each balloon");
MODULE_LICENSE("GPL");
