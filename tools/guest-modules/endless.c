// SPDX-License-Identifier: GPL-2.0
/*
 * A file of 1 TiB of zeroes in debugfs, "endless", whose pages are cached as those of a
 * file on a disk are: whoever reads it fills the page cache, which can be reclaimed.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/module.h>
#include <linux/pagemap.h>

static int endless_read_folio(struct file *file, struct folio *folio)
{
	folio_zero_range(folio, 0, folio_size(folio));
	flush_dcache_folio(folio);
	folio_mark_uptodate(folio);
	folio_unlock(folio);
	return 0;
}

static const struct address_space_operations endless_aops = {
	.read_folio = endless_read_folio,
};

static int endless_open(struct inode *inode, struct file *file)
{
	inode->i_mapping->a_ops = &endless_aops;
	i_size_write(inode, 1ULL << 40);
	return 0;
}

static const struct file_operations endless_fops = {
	.owner = THIS_MODULE,
	.open = endless_open,
	.read_iter = generic_file_read_iter,
	.llseek = generic_file_llseek,
};

static struct dentry *endless_file;

static int __init endless_init(void)
{
	endless_file = debugfs_create_file_unsafe("endless", 0444, NULL, NULL,
						  &endless_fops);
	return PTR_ERR_OR_ZERO(endless_file);
}
module_init(endless_init);

static void __exit endless_exit(void)
{
	debugfs_remove(endless_file);
}
module_exit(endless_exit);

MODULE_DESCRIPTION("A file for tests that fills the page cache");
MODULE_LICENSE("GPL");
